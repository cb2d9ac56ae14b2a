"""What files say of comments and other wordings beside their words: out, and in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from andock.participation.choices import ContributionKind
from andock.participation.details import Details
from andock.strategy.choices import BlockKind

from . import queries
from .services.anchoring import anchor
from .text import Paragraph

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from andock.participation.models import Contribution

    from .models import Anchor

KINDS = {ContributionKind.COMMENT, ContributionKind.WORDING}


def read(contributions: Collection[Contribution]) -> dict[int, dict[str, Any]]:
    """One query, however many there are."""
    numbers = {one.pk for one in contributions if one.kind in KINDS}
    return {one.pk: _values(one) for one in queries.anchors_with(numbers)}


def _values(one: Anchor) -> dict[str, str]:
    return {
        "passage": str(one.identity), "paragraph": str(one.block), "paragraph_kind": one.block_kind, "wording": one.wording,
    }  # fmt: skip


def write(contribution: Contribution, values: Mapping[str, str]) -> str:
    """Put a contribution of a file where it belongs in the text of its phase."""
    if contribution.kind not in KINDS:
        return ""
    subject = queries.subject_of(contribution.phase)
    if subject is None:
        raise ValueError(_("Choose the text of the phase first: comments belong to a passage of it."))
    identity, paragraph = _identity(values, "passage"), _identity(values, "paragraph")
    if values["paragraph_kind"] not in BlockKind.values or not values["wording"]:
        raise ValueError(
            _("paragraph_kind and wording: as they were exported, so that everybody sees what it refers to.")
        )
    referred = Paragraph(paragraph, values["paragraph_kind"], values["wording"], 0)
    anchor(contribution, subject=subject, identity=identity, paragraph=referred)
    with override(settings.LANGUAGE_CODE):
        page = reverse("consultation:element", args=[contribution.process.slug, identity])
    return f"{page}#beitrag-{contribution.pk}"


def _identity(values: Mapping[str, str], name: str) -> UUID:
    try:
        return UUID(values[name])
    except ValueError as error:
        raise ValueError(_("%s: the permanent id, as it was exported.") % name) from error


DETAILS = Details(
    columns={
        "passage": gettext_lazy("Permanent id of the passage in the text that was discussed"),
        "paragraph": gettext_lazy("Permanent id of the paragraph"),
        "paragraph_kind": gettext_lazy("Kind of paragraph: paragraph, list, table, quote"),
        "wording": gettext_lazy("Wording it refers to"),
    },
    read=read,
    on_paper=("wording",),
    write=write,
)
