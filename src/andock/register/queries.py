"""What the register shows: who takes part on a day, on what basis, and how that grew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.organisations.queries import lifetimes, municipalities, municipalities_on
from andock.strategy.choices import DockingRole
from andock.strategy.queries import by_organisation, participation_on, pauses_on, periods_ever, periods_on

from .choices import OPEN, DeclarationState
from .models import Approach, Declaration, PersonalInvitation
from .timeline import Life, Step, steps, thinned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from andock.organisations.models import Organisation
    from andock.strategy.models import DockingPeriod, Framework
    from andock.strategy.queries import Participation


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. ``is_certain``: its dates leave no doubt that it covers the day."""

    period: DockingPeriod
    is_certain: bool
    evidence: int | None = None
    """The number of the declaration whose evidence everybody may read."""

    @property
    def organisation(self) -> Organisation:
        return self.period.docking.organisation


@dataclass(frozen=True, slots=True)
class RegisterOnDay:
    """The register as it answers for one day."""

    day: date
    entries: Sequence[Entry]
    pauses: Sequence[DockingPeriod]
    participation: Participation

    @property
    def by_role(self) -> list[tuple[str, list[Entry]]]:
        """The entries under their roles, in the order of the roles."""
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.period.role].append(entry)
        return [(role, groups[role]) for role in DockingRole.values if role in groups]


def register_on(day: date) -> RegisterOnDay:
    """Who takes part on ``day``: one line for each organisation, by its newest period that may cover the day."""
    periods = periods_on(day)
    newest = sorted(by_organisation(periods).values(), key=lambda period: period.docking.organisation.name)
    evidence = _released()
    entries = [Entry(period, period.certainly_covers(day), evidence.get(period.pk)) for period in newest]
    present = {period.docking_id for period in newest}
    pauses = [period for period in pauses_on(day) if period.docking_id not in present]
    return RegisterOnDay(day, entries, pauses, participation_on(day, municipalities_on(day), periods))


def growth() -> list[Step]:
    """How many municipalities took part from day to day, from the beginning on."""
    lives: dict[int, Life] = dict.fromkeys(municipalities().values_list("pk", flat=True), (None, None))
    lives |= {pk: life for pk, life in lifetimes().items() if pk in lives}
    return thinned(steps(periods_ever(), lives))


# --- declarations -----------------------------------------------------------------------------------------------------
def open_declaration(organisation: Organisation, framework: Framework) -> Declaration | None:
    """What an organisation prepares or has handed in and is not yet confirmed."""
    return declarations().filter(organisation=organisation.pk, framework=framework, state__in=OPEN).first()


def blank(organisation: Organisation, framework: Framework) -> Declaration:
    """The declaration that could be begun, so that rules can be asked about it."""
    return Declaration(organisation=organisation, framework=framework)


def declarations() -> QuerySet[Declaration]:
    return Declaration.objects.select_related("organisation", "framework__owner")


def declarations_of(organisation: Organisation) -> QuerySet[Declaration]:
    """All declarations of an organisation that came to an end, newest first."""
    return declarations().filter(organisation=organisation.pk, state=DeclarationState.CONFIRMED)


def waiting_declarations(framework: Framework) -> QuerySet[Declaration]:
    """What waits for the agency, the longest first."""
    return declarations().filter(framework=framework, state=DeclarationState.HANDED_IN).order_by("handed_in_at")


def released_declaration(number: int) -> Declaration | None:
    """The declaration of this number if everybody may read its evidence."""
    found = declarations().filter(pk=number).first()
    return found if found and found.is_public else None


def _released() -> dict[int, int]:
    """The numbers of declarations with released evidence, by the number of their period."""
    found = Declaration.objects.filter(is_released=True, state=DeclarationState.CONFIRMED)
    return {period: number for period, number in found.values_list("period_id", "pk") if period}


# --- invitations ------------------------------------------------------------------------------------------------------
def approach_of(organisation: Organisation, framework: Framework) -> Approach | None:
    """The agency's notes on an organisation."""
    return Approach.objects.filter(organisation=organisation.pk, framework=framework).first()


def invitations() -> QuerySet[PersonalInvitation]:
    """All personal links, newest first."""
    return PersonalInvitation.objects.select_related(
        "approach__organisation__municipality", "approach__framework__owner"
    )


def invitations_of(approach: Approach | None) -> QuerySet[PersonalInvitation]:
    return PersonalInvitation.objects.filter(approach=approach) if approach else PersonalInvitation.objects.none()
