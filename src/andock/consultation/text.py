"""The text of a consultation as its pages show it, whichever kind it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from andock.docking.values import Block, Element


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with how many contributions it has."""

    id: UUID
    kind: str
    text: str
    number: int = 0

    @property
    def stored(self) -> list[dict[str, str]]:
        """As ``{% wording %}`` takes it."""
        return [{"kind": self.kind, "text": self.text}]


@dataclass(frozen=True, slots=True)
class Passage:
    """An element; ``outline()`` arranges them as a tree. ``number`` counts the contributions to it, also to what is gone.

    ``is_own``: only the municipality has it, so it is no element of the framework.
    """

    element_id: UUID
    parent_id: UUID | None
    label: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    number: int = 0
    is_own: bool = False

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    def paragraph(self, block: UUID) -> Paragraph | None:
        return next((one for one in self.paragraphs if one.id == block), None)


Counts = Mapping[tuple[UUID, UUID], int]
"""How many contributions there are, by element and block."""


@dataclass(frozen=True, slots=True)
class Text:
    """The elements of an edition or a local version in reading order; ``own`` are those only a municipality has."""

    elements: tuple[Element, ...]
    own: frozenset[str] = frozenset()


def passages(text: Text, counts: Counts) -> list[Passage]:
    """A text with how much was said about each block."""
    by_element: dict[UUID, int] = {}
    for (identity, _block), number in counts.items():
        by_element[identity] = by_element.get(identity, 0) + number
    return [_passage(element, counts, by_element, is_own=element.id in text.own) for element in text.elements]


def _passage(element: Element, counts: Counts, by_element: Mapping[UUID, int], *, is_own: bool) -> Passage:
    identity = UUID(element.id)
    return Passage(
        identity, UUID(element.parent) if element.parent else None, element.label, element.title,
        tuple(_paragraph(block, identity, counts) for block in element.blocks), by_element.get(identity, 0),
        is_own,
    )  # fmt: skip


def _paragraph(block: Block, identity: UUID, counts: Counts) -> Paragraph:
    block_id = UUID(block.id)
    return Paragraph(block_id, block.kind, block.text, counts.get((identity, block_id), 0))


def element_called(found: Iterable[Passage], identity: Any) -> Passage | None:
    return next((one for one in found if one.element_id == identity), None)
