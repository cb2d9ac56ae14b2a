"""A contribution gets its place in the text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..models import Anchor

if TYPE_CHECKING:
    from uuid import UUID

    from andock.participation.models import Contribution

    from ..models import Subject
    from ..text import Paragraph, Passage


def anchor(
    contribution: Contribution, *, subject: Subject, identity: UUID, paragraph: Paragraph, wording: str = ""
) -> Anchor:
    """Say where a contribution belongs and copy the wording it refers to. Runs in the transaction that makes it."""
    return Anchor.objects.create(
        contribution=contribution, edition=subject.edition, version=subject.version, element_id=contribution.element_id,
        identity=identity, block=paragraph.id, block_kind=paragraph.kind, wording=wording or paragraph.text,
    )  # fmt: skip


def belonging(subject: Subject, passage: Passage, paragraph: Paragraph) -> dict[str, Any]:
    """What a contribution about a paragraph says of its place, for the service of the frame that takes it."""
    identity = passage.element_id
    return {
        "about": str(passage)[:300],
        "address": f"/beteiligung/{subject.phase.process.slug}/text/{identity}/#beitrag-{{pk}}",
        "element_id": None if passage.is_own else identity,
        "detail": partial(anchor, subject=subject, identity=identity, paragraph=paragraph),
    }
