"""How many people took part, by phase, age and municipality. Groups so small that somebody could be recognised stay away."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from . import queries
from .choices import SMALLEST_SHOWN, AgeBand, ContributionState
from .models import Contribution, Involvement
from .rules import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .models import Phase, Process


@dataclass(frozen=True, slots=True)
class Figure:
    """A group and how many are in it; None where there are too few to say."""

    name: str
    number: int | None


SETTLED_AFTER = timedelta(days=1)
"""So long after a phase people confirm what they sent in time."""


@dataclass(frozen=True, slots=True)
class PhaseFigures:
    """One phase: people, contributions, who the people are as far as the process asked, and for which municipality they spoke.

    ``settles_at``: from then on it is said who they are. Before, numbers grow one by one, and whoever looks before and after
    somebody took part reads off how old they are and where they live.
    """

    title: str
    people: int
    on_paper: int
    contributions: int
    ages: list[Figure]
    places: list[Figure]
    meant: list[Figure]
    settles_at: datetime | None


class Group(NamedTuple):
    """People alike in a phase, as the database counts them."""

    age: str
    place: str | None
    is_on_paper: bool
    people: int


def settles_next(process: Process, now: datetime) -> datetime | None:
    """When more is said of the next phase."""
    moments = (phase.ends_at + SETTLED_AFTER for phase in process.phases.all())
    return min((moment for moment in moments if moment > now), default=None)


def figures_of(process: Process, now: datetime) -> list[PhaseFigures]:
    """The figures of every phase. Phases must be at hand."""
    involved = Involvement.objects.filter(phase__process=process, confirmed_at__isnull=False).order_by()
    rows = list(involved.values_list("phase", "age_band", "municipality__name", "is_on_paper").annotate(Count("pk")))
    said = Contribution.objects.filter(process=process, state=ContributionState.PUBLIC).order_by()
    counts = dict(said.values_list("phase").annotate(Count("pk")))
    meant = _meant(process)
    return [
        _of_phase(phase, [Group(*row[1:]) for row in rows if row[0] == phase.pk], counts.get(phase.pk, 0), meant[phase.pk], now)
        for phase in process.phases.all()
    ]  # fmt: skip


def residence_proved(process: Process) -> str:
    """In a sentence, how people have proved where they live; empty where nobody has to."""
    if not process.needs_residence:
        return ""
    ways = queries.ways_residence_was_proved(process)
    either = _("or")
    names = {"place": place_of(process), "ways": f" {either} ".join(ways)}
    if not ways:
        return _("Only people take part who prove that they live here: %(place)s.") % names
    return _("Everybody has proved that they live here (%(place)s): %(ways)s. What came on paper was entered by the office.") % names  # fmt: skip


def _of_phase(
    phase: Phase, groups: list[Group], contributions: int, meant: Counter[str], now: datetime
) -> PhaseFigures:  # fmt: skip
    process, settles_at = phase.process, phase.ends_at + SETTLED_AFTER
    is_settled = now >= settles_at
    ages, places = Counter[str](), Counter[str]()
    for group in groups:
        ages[str(AgeBand(group.age).label) if group.age else _("not said")] += group.people
        places[group.place or _("not said")] += group.people
    people = sum(group.people for group in groups)
    on_paper = sum(group.people for group in groups if group.is_on_paper)
    return PhaseFigures(
        phase.title, people, on_paper, contributions,
        suppressed(ages.items()) if process.asks_age and is_settled else [],
        suppressed(places.items()) if process.asks_place and is_settled else [],
        suppressed(meant.items()),
        None if is_settled or not (process.asks_age or process.asks_place) else settles_at,
    )  # fmt: skip


def suppressed(groups: Iterable[tuple[str, int]]) -> list[Figure]:
    """Groups of fewer than five are not said; nor the next smallest, as long as the sum of all would tell a small group.

    That is so where one alone is not said, or where those that are not said are fewer than five together. The largest come
    first. The only such rule of the house: charts of questionnaires ask it too.
    """
    ordered = sorted(groups, key=lambda group: (-group[1], str(group[0])))
    shown = [group for group in ordered if group[1] >= SMALLEST_SHOWN]
    hidden = ordered[len(shown) :]
    while shown and hidden and (len(hidden) == 1 or 0 < sum(number for _name, number in hidden) < SMALLEST_SHOWN):
        hidden.insert(0, shown.pop())
    return [Figure(str(name), number) for name, number in shown] + [Figure(str(name), None) for name, _number in hidden]


def _meant(process: Process) -> defaultdict[int, Counter[str]]:
    """By phase, how many public contributions are meant for each municipality."""
    rows = Contribution.objects.filter(process=process, state=ContributionState.PUBLIC, municipality__isnull=False)
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    counted = rows.order_by().values_list("phase", "municipality__name").annotate(Count("pk"))
    for phase, place, number in counted:
        found[phase][place] += number
    return found
