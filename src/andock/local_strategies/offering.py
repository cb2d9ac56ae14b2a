"""What of a version in force can be offered to the region, and what was offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from andock.docking.fields import BLOCK, TITLE
from andock.docking.values import Block

from .choices import OfferState
from .models import Offer, Version
from .queries import decision_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from andock.docking.local import Decision
    from andock.strategy.models import Edition, Framework

    from .models import LocalStrategy

ADDED = "added:"


@dataclass(frozen=True, slots=True)
class Offerable:
    """One thing that could be offered; ``field`` is empty for an own element."""

    identity: UUID
    field: str
    title: str
    text: str

    @property
    def key(self) -> str:
        return f"{self.identity}/{self.field}"


def offerable(version: Version) -> list[Offerable]:
    """Own elements, and local wordings of passages, in reading order."""
    own = [
        Offerable(part.identity, "", part.content["title"], "\n\n".join(block["text"] for block in part.content["blocks"]))
        for part in version.own_parts.order_by("position")
    ]  # fmt: skip
    rows = version.decisions.filter(shown="adapted").order_by("position")
    return own + [one for row in rows for one in _wordings(decision_value(row))]


def _wordings(decision: Decision) -> Iterator[Offerable]:
    """Texts only: what fills a slot is local by its nature, and what is hidden has no text to offer."""
    name, identity = f"{decision.base.label} {decision.base.title}".strip(), UUID(decision.element)
    for override in decision.overrides:
        if override.field == TITLE:
            yield Offerable(identity, TITLE, name, str(override.value))
        elif override.field.startswith(BLOCK) and isinstance(override.value, Block):
            yield Offerable(identity, override.field, name, override.value.text)
    for addition in decision.additions:
        yield Offerable(identity, ADDED + addition.block.id, _("%s (addition)") % name, addition.block.text)


def offers_of(strategy: LocalStrategy) -> QuerySet[Offer]:
    """Everything a municipality has offered, newest first."""
    return Offer.objects.filter(strategy=strategy.pk).select_related("edition")


def offers_to(framework: Framework) -> QuerySet[Offer]:
    """Everything that was offered to a framework, newest first."""
    return Offer.objects.filter(strategy__framework=framework.pk).select_related("strategy__organisation", "edition")


def open_offers(framework: Framework) -> QuerySet[Offer]:
    return offers_to(framework).filter(state=OfferState.OPEN)


def taken_wordings(edition: Edition, element: UUID) -> QuerySet[Offer]:
    """Wordings of a passage that were taken up into a draft: for its editors to write with."""
    return Offer.objects.filter(edition=edition.pk, identity=element, state=OfferState.TAKEN).exclude(
        field=""
    ).select_related("strategy__organisation")  # fmt: skip
