"""Reads of transfers and findings for those who write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from andock.events.queries import public_events
from andock.organisations.queries import organisations

from .choices import PUBLIC, Stage
from .models import Finding, Solution, Transfer, TransferStage
from .queries import published_solutions

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.organisations.models import Organisation

WHOLE = ("solution__organisation", "receiver", "giver")


def concerning(organisation: Organisation) -> Q:
    """The transfers it takes part in: as the receiver, or as the owner of the card."""
    return Q(receiver=organisation) | Q(solution__organisation=organisation)


def transfers_of(organisation: Organisation) -> QuerySet[Transfer]:
    found = Transfer.objects.filter(concerning(organisation)).select_related(*WHOLE)
    return found.order_by("solution__title", "receiver__name")


def transfer_at(organisation: Organisation | None, pk: UUID) -> Transfer | None:
    """A transfer the organisation takes part in; any where it is None."""
    found = Transfer.objects.select_related(*WHOLE)
    return (found.filter(concerning(organisation)) if organisation else found).filter(pk=pk).first()


def transfer_between(slug: str, receiver: Organisation) -> Transfer | None:
    """The transfer of the card with this address to ``receiver``."""
    return Transfer.objects.select_related(*WHOLE).filter(solution__slug=slug, receiver=receiver).first()


def stages_of_desk(organisation: Organisation | None) -> QuerySet[TransferStage]:
    """All rows of the transfers an organisation takes part in (of all where it is None), by card and receiver."""
    found = TransferStage.objects.select_related("replaced_by", *(f"transfer__{name}" for name in WHOLE))
    if organisation:
        found = found.filter(transfer__in=Transfer.objects.filter(concerning(organisation)))
    return found.order_by("transfer__solution__title", "transfer__receiver__name", "transfer", "last_day", "recorded_on")  # fmt: skip


def waiting_for(receivers: Collection[Organisation]) -> dict[int, int]:
    """How many reported rows wait for the word of each of these."""
    found = TransferStage.objects.filter(transfer__receiver__in=receivers, is_confirmed=False, replaced_by=None)
    counted = found.exclude(stage=Stage.RETRACTED).order_by().values_list("transfer__receiver").annotate(Count("pk"))
    return dict(counted)


def history(transfer: Transfer) -> QuerySet[TransferStage]:
    """Every row of a transfer, in the order of what it tells."""
    return TransferStage.objects.filter(transfer=transfer).select_related("replaced_by").order_by("last_day", "recorded_on", "pk")  # fmt: skip


def known_receivers() -> QuerySet[Organisation]:
    """Who can take something over: everybody we know, inside the region and outside."""
    return organisations().order_by("-inside_region", "name")


def solutions_to_take_over(organisation: Organisation) -> QuerySet[Solution]:
    """What others have in the list, by owner."""
    return published_solutions().exclude(organisation=organisation).order_by("organisation__name", "title")


def solutions_to_report_of(organisation: Organisation, *, of_all: bool) -> QuerySet[Solution]:
    """Its own published cards; the agency reports of all."""
    found = published_solutions().order_by("organisation__name", "title")
    return found if of_all else found.filter(organisation=organisation)


# --- findings ---------------------------------------------------------------------------------------------------------
def desk_findings(organisation: Organisation) -> QuerySet[Finding]:
    """All findings of an organisation, the latest first, with where each comes from."""
    return Finding.objects.filter(organisation=organisation).select_related("organisation", "solution", "event")


def own_finding(organisation: Organisation, pk: UUID) -> Finding | None:
    found = Finding.objects.select_related("organisation", "solution", "event", "transfer__receiver")
    return found.filter(organisation=organisation, pk=pk).first()


def solutions_to_learn_from() -> QuerySet[Solution]:
    """Every card that everybody can read, by title."""
    return Solution.objects.filter(publication__in=PUBLIC).order_by("title")


def event_slugs() -> set[str]:
    """The events that a finding may come from."""
    return set(public_events().values_list("slug", flat=True))
