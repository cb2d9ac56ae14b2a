"""How many people took part, by phase, age and municipality. Groups so small that somebody could be recognised stay away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .choices import SMALLEST_SHOWN, AgeBand
from .models import Contribution, Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Process


@dataclass(frozen=True, slots=True)
class Figure:
    """A group and how many are in it; None where there are too few to say."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class PhaseFigures:
    """One phase: people, contributions, and who the people are as far as the process asked."""

    title: str
    people: int
    on_paper: int
    contributions: int
    ages: list[Figure]
    places: list[Figure]


def figures_of(process: Process) -> list[PhaseFigures]:
    """The figures of every phase. Phases must be at hand."""
    involved = list(
        Involvement.objects.filter(phase__process=process, confirmed_at__isnull=False).values_list(
            "phase", "age_band", "municipality__name", "is_on_paper"
        )
    )
    public = Counter(
        Contribution.objects.filter(process=process, state="public").order_by().values_list("phase", flat=True)
    )
    return [
        _of_phase(phase.pk, phase.title, [row[1:] for row in involved if row[0] == phase.pk], public[phase.pk], process)
        for phase in process.phases.all()
    ]


def _of_phase(
    _pk: int, title: str, rows: list[tuple[str, str | None, bool]], contributions: int, process: Process
) -> PhaseFigures:
    ages = Counter(AgeBand(age).label if age else _("not said") for age, _place, _paper in rows)
    places = Counter(place or _("not said") for _age, place, _paper in rows)
    on_paper = sum(paper for _age, _place, paper in rows)
    return PhaseFigures(
        title, len(rows), on_paper, contributions,
        suppressed(ages.items()) if process.asks_age else [],
        suppressed(places.items()) if process.asks_place else [],
    )  # fmt: skip


def suppressed(groups: Iterable[tuple[str, int]]) -> list[Figure]:
    """Groups of fewer than five are not said; nor the next smallest, where one alone could be reckoned from the sum.

    The largest come first.
    """
    ordered = sorted(groups, key=lambda group: (-group[1], str(group[0])))
    small = [group for group in ordered if group[1] < SMALLEST_SHOWN]
    hidden = {name for name, _number in small}
    if len(small) == 1 and len(ordered) > 1:
        hidden.add(ordered[-2][0])
    return [Figure(str(name), None if name in hidden else number) for name, number in ordered]
