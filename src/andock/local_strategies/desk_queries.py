"""Reads of the workspace alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from .choices import OPEN_STATES, VersionState
from .models import DecisionRecord, Note, Version

if TYPE_CHECKING:
    from uuid import UUID

    from andock.organisations.models import Organisation

    from .models import LocalStrategy


def desks_of(organisations: Iterable[Organisation]) -> list[tuple[Organisation, Version | None]]:
    """Each organisation with the version its people meet: the open one, else the one in force."""
    states = (*OPEN_STATES, VersionState.IN_FORCE)
    found: dict[int, Version] = {}
    for version in (
        Version.objects.filter(strategy__organisation__in=organisations, state__in=states)
        .select_related("strategy")
        .order_by("number")
    ):
        found[version.strategy_id] = version
    mine = {version.strategy.organisation_id: version for version in found.values()}
    return [(organisation, mine.get(organisation.pk)) for organisation in organisations]


def notes_on(strategy: LocalStrategy, identity: UUID) -> QuerySet[Note]:
    """What colleagues wrote to each other about an element, oldest first."""
    return Note.objects.filter(strategy=strategy.pk, identity=identity).select_related("author")


def notes_per_element(strategy: LocalStrategy) -> dict[str, int]:
    """How many notes hang on each element, by identity."""
    rows = Note.objects.filter(strategy=strategy.pk).values_list("identity").annotate(number=Count("pk")).order_by()
    return {str(identity): number for identity, number in rows}


def records_of(strategy: LocalStrategy) -> QuerySet[DecisionRecord]:
    """Every decision on any version, the latest first."""
    rows = DecisionRecord.objects.filter(version__strategy=strategy.pk).select_related("version")
    return rows.order_by("-decided_on", "-pk")
