"""The tree of an edition's elements, for reading and for the table of contents. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import ElementVersion


@dataclass(slots=True)
class Node:
    """An element with its children in reading order; ``depth`` is 0 for parts of the edition."""

    version: ElementVersion
    depth: int = 0
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """The node and everything below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(versions: Iterable[ElementVersion]) -> list[Node]:
    """Arrange versions, given in reading order with parents first, as a tree."""
    nodes: dict[object, Node] = {}
    roots: list[Node] = []
    for version in versions:
        parent = nodes.get(version.parent_id)
        node = nodes[version.element_id] = Node(version, parent.depth + 1 if parent else 0)
        (parent.children if parent else roots).append(node)
    return roots
