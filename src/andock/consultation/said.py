"""Contributions beside the text: what they refer to, what they would change, and whether the text has moved on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking.diff import CHANGED, BlockChange
from andock.docking.values import Block, Element
from andock.docking.words import same_words
from andock.participation.choices import ContributionKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from andock.participation.models import Contribution

    from .models import Anchor
    from .text import Paragraph, Passage

NOWHERE = Element("", None, "", "", "")
"""The engine asks in which element a block stands; here the page says so."""


class Fate(StrEnum):
    """What became of the block since; UNKNOWN where the text is not open to everybody now."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution as a page shows it. ``proposal`` marks word by word what another wording would change."""

    contribution: Contribution
    anchor: Anchor
    fate: Fate
    proposal: BlockChange | None = None

    @property
    def text_name(self) -> str:
        """Which text it referred to."""
        if self.anchor.edition:
            return self.anchor.edition.label
        assert self.anchor.version is not None
        return _("version %(number)d of “%(title)s”") % {
            "number": self.anchor.version.number, "title": self.anchor.version.title,
        }  # fmt: skip

    @property
    def wording(self) -> list[dict[str, str]]:
        """The wording it referred to, as ``{% wording %}`` takes it."""
        return [{"kind": self.anchor.block_kind, "text": self.anchor.wording}]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paragraph with what was said about it."""

    paragraph: Paragraph
    said: list[Said]


def said(anchor: Anchor, fate: Fate) -> Said:
    contribution = anchor.contribution
    is_wording = contribution.kind == ContributionKind.WORDING and contribution.text
    return Said(contribution, anchor, fate, _change(anchor, contribution.text) if is_wording else None)


def arranged(passage: Passage | None, anchors: Iterable[Anchor]) -> tuple[list[Spoken], list[Said]]:
    """Contributions below the paragraph they are about, and those about what does not stand there any more."""
    by_block: dict[UUID, list[Anchor]] = {}
    for anchor in anchors:
        by_block.setdefault(anchor.block, []).append(anchor)
    standing = [
        Spoken(one, [said(anchor, fate_in(one, anchor)) for anchor in by_block.pop(one.id, [])])
        for one in (passage.paragraphs if passage else ())
    ]
    fate = Fate.GONE if passage else Fate.UNKNOWN
    return standing, [said(anchor, fate) for found in by_block.values() for anchor in found]


def fate_in(paragraph: Paragraph | None, anchor: Anchor) -> Fate:
    """Whether the block reads as it did when something was said about it."""
    if paragraph is None:
        return Fate.GONE
    return Fate.SAME if same_words(paragraph.text, anchor.wording) else Fate.CHANGED


def _change(anchor: Anchor, text: str) -> BlockChange:
    block = str(anchor.block)
    old, new = Block(block, anchor.block_kind, anchor.wording), Block(block, anchor.block_kind, text)
    return BlockChange((CHANGED,), NOWHERE, old, new)
