"""The tree of an edition's elements, for reading and for the table of contents. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Wording(Protocol):
    """What stands in a tree: of an edition, or of a local strategy."""

    @property
    def element_id(self) -> Any: ...

    @property
    def parent_id(self) -> Any: ...


@dataclass(slots=True)
class Node:
    """A wording with its children in reading order; ``depth`` is 0 for parts of the text."""

    version: Any
    depth: int = 0
    since: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place on the page of an edition."""
        return anchor(self.version.element_id)

    @property
    def below(self) -> Iterator[Node]:
        """Everything below it in reading order."""
        return (node for child in self.children for node in child.walk())

    def walk(self) -> Iterator[Node]:
        """The node and everything below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def anchor(identity: object) -> str:
    """The anchor of an element; the same in every edition."""
    return f"s-{identity}"


def outline(versions: Iterable[Wording], since: Mapping[Any, str] | None = None) -> list[Node]:
    """Arrange versions, given in reading order with parents first, as a tree.

    ``since`` names the edition each element first stood in.
    """
    nodes: dict[object, Node] = {}
    roots: list[Node] = []
    for version in versions:
        parent = nodes.get(version.parent_id)
        node = nodes[version.element_id] = Node(
            version, parent.depth + 1 if parent else 0, (since or {}).get(version.element_id, "")
        )
        (parent.children if parent else roots).append(node)
    return roots
