"""A contribution gets its place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Anchor

if TYPE_CHECKING:
    from uuid import UUID

    from andock.participation.models import Contribution

    from ..models import Subject
    from ..text import Paragraph


def anchor(
    contribution: Contribution, *, subject: Subject, identity: UUID, paragraph: Paragraph, wording: str = ""
) -> Anchor:
    """Say where a contribution belongs and copy the wording it refers to. Runs in the transaction that makes it."""
    return Anchor.objects.create(
        contribution=contribution, edition=subject.edition, version=subject.version, element_id=contribution.element_id,
        identity=identity, block=paragraph.id, block_kind=paragraph.kind, wording=wording or paragraph.text,
    )  # fmt: skip
