"""How far every municipality is, from nothing yet to docked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from andock.organisations.queries import municipalities_on
from andock.strategy.choices import TAKING_PART
from andock.strategy.queries import by_organisation, periods_on

from .choices import ApproachState
from .models import Approach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.functional import Promise

    from andock.organisations.models import Organisation
    from andock.strategy.models import DockingPeriod, Framework

DOCKED, NOT_YET = "docked", "none"
STAGES: dict[str, str | Promise] = {
    NOT_YET: _("Not invited yet"),
    ApproachState.INVITED.value: ApproachState.INVITED.label,
    ApproachState.INTERESTED.value: ApproachState.INTERESTED.label,
    ApproachState.IN_TALKS.value: ApproachState.IN_TALKS.label,
    DOCKED: _("Docked"),
    ApproachState.DECLINED.value: ApproachState.DECLINED.label,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One municipality: taking part by the register, else as far as the agency's notes say."""

    organisation: Organisation
    period: DockingPeriod | None
    approach: Approach | None

    @property
    def stage(self) -> str:
        if self.period:
            return DOCKED
        return self.approach.state if self.approach else NOT_YET


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel; ``width`` is its share of all in per cent, for the drawing."""

    key: str
    label: str | Promise
    cases: Sequence[Case]
    width: str


def funnel(framework: Framework, day: date) -> list[Stage]:
    """Every municipality of the region in its stage, read in three queries."""
    taking_part = by_organisation(
        period
        for period in periods_on(day)
        if period.role in TAKING_PART and period.docking.framework_id == framework.pk
    )
    notes = {approach.organisation_id: approach for approach in Approach.objects.filter(framework=framework)}
    cases = [Case(town.organisation, taking_part.get(town.pk), notes.get(town.pk)) for town in municipalities_on(day)]
    return [_stage(key, label, cases) for key, label in STAGES.items()]


def _stage(key: str, label: str | Promise, cases: Sequence[Case]) -> Stage:
    own = [case for case in cases if case.stage == key]
    return Stage(key, label, own, f"{100 * len(own) / max(len(cases), 1):.2f}%")
