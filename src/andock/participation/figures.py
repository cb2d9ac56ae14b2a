"""How many people took part, by phase, age and municipality. Groups so small that somebody could be recognised stay away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from . import queries
from .choices import SMALLEST_SHOWN, AgeBand, ContributionState
from .models import Contribution, Involvement
from .rules import place_of

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


class Group(NamedTuple):
    """People alike in a phase, as the database counts them."""

    age: str
    place: str | None
    is_on_paper: bool
    people: int


def figures_of(process: Process) -> list[PhaseFigures]:
    """The figures of every phase. Phases must be at hand."""
    involved = Involvement.objects.filter(phase__process=process, confirmed_at__isnull=False).order_by()
    rows = list(involved.values_list("phase", "age_band", "municipality__name", "is_on_paper").annotate(Count("pk")))
    said = Contribution.objects.filter(process=process, state=ContributionState.PUBLIC).order_by()
    counts = dict(said.values_list("phase").annotate(Count("pk")))
    return [
        _of_phase(
            phase.title, [Group(*row[1:]) for row in rows if row[0] == phase.pk], counts.get(phase.pk, 0), process
        )
        for phase in process.phases.all()
    ]


def residence_proved(process: Process) -> str:
    """In a sentence, how people have proved where they live; empty where nobody has to."""
    if not process.needs_residence:
        return ""
    ways = queries.ways_residence_was_proved(process)
    names = {"place": place_of(process), "ways": f" {_('or')} ".join(ways)}
    if not ways:
        return _("Only people take part who prove that they live here: %(place)s.") % names
    return _("Everybody has proved that they live here (%(place)s): %(ways)s. What came on paper was entered by the office.") % names  # fmt: skip


def _of_phase(title: str, groups: list[Group], contributions: int, process: Process) -> PhaseFigures:
    ages, places = Counter[str](), Counter[str]()
    for group in groups:
        ages[str(AgeBand(group.age).label) if group.age else _("not said")] += group.people
        places[group.place or _("not said")] += group.people
    people = sum(group.people for group in groups)
    on_paper = sum(group.people for group in groups if group.is_on_paper)
    return PhaseFigures(
        title, people, on_paper, contributions,
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


def contributions_by_place(process: Process) -> dict[int, list[Figure]]:
    """By phase, how many public contributions are meant for each municipality."""
    rows = Contribution.objects.filter(process=process, state="public", municipality__isnull=False).order_by()
    counts: dict[int, Counter[str]] = {}
    for phase, place in rows.values_list("phase", "municipality__name"):
        counts.setdefault(phase, Counter())[place] += 1
    return {phase: suppressed(found.items()) for phase, found in counts.items()}
