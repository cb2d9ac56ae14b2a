"""Who has solutions of others in operation, on any day and as known on any day: figures over plain rows.

An organisation counts once, however many solutions it has taken over. What is *reported* is all that is known;
*confirmed* is what of it the receiver has confirmed. Dates that are only known roughly make two numbers: what is
certain and what is possible.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from statistics import median_low
from typing import TYPE_CHECKING, TypeVar

from .choices import Stage
from .course import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date

    from andock.kernel.dates import PartialDate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A row: that ``receiver`` reached a stage with ``solution``. ``replaced_on``: another row stands for it since."""

    solution: str
    receiver: str
    stage: str
    when: PartialDate
    is_confirmed: bool
    recorded_on: date
    replaced_on: date | None = None
    key: str = ""

    @property
    def transfer(self) -> tuple[str, str]:
        return self.solution, self.receiver


@dataclass(frozen=True, slots=True)
class Count:
    """How many there certainly are, and how many there may be."""

    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class InOperation:
    """Distinct organisations: those that have confirmed it, and all that are reported."""

    confirmed: Count
    reported: Count


@dataclass(frozen=True, slots=True)
class Running:
    """A row that says "in operation" and speaks of the day."""

    told: Told
    is_certain: bool


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days from interest to operation; ``most`` is None where the interest has no earliest day."""

    least: int
    most: int | None


def as_known(rows: Iterable[Told], day: date) -> list[Told]:
    """The rows that stood on ``day``: recorded, and not yet replaced."""
    return [row for row in rows if row.recorded_on <= day and (row.replaced_on is None or row.replaced_on > day)]


def running(rows: Sequence[Told], day: date) -> Iterator[Running]:
    """What is or may be in operation on ``day``."""
    for same in _by_transfer(rows).values():
        for begun in (row for row in same if row.stage == Stage.IN_OPERATION and row.when.possibly_by(day)):
            # An end before a new beginning ends only what was before.
            ended = (row.when for row in same if row.stage == Stage.ENDED)
            ends = [end for end in ended if not end.certainly_before(begun.when)]
            if not any(end.certainly_by(day) for end in ends):
                is_open = not any(end.possibly_by(day) for end in ends)
                yield Running(begun, is_certain=is_open and begun.when.certainly_by(day))


def in_operation(rows: Sequence[Told], day: date) -> InOperation:
    """Organisations with at least one solution of others in operation."""
    return _counted(list(running(rows, day)))


def by_solution(rows: Sequence[Told], day: date) -> dict[str, InOperation]:
    """The same for each solution that is or may be in operation somewhere."""
    counted = {
        solution: in_operation(those, day) for solution, those in grouped(rows, lambda row: (row.solution,)).items()
    }
    return {solution: found for solution, found in counted.items() if found.reported.possible}


def grouped(rows: Iterable[Told], groups: Callable[[Told], Iterable[T]]) -> dict[T, list[Told]]:
    """The rows of each group; a transfer belongs to one or several with all its rows, or to none."""
    found: defaultdict[T, list[Told]] = defaultdict(list)
    for row in rows:
        for group in groups(row):
            found[group].append(row)
    return dict(found)


def lead_times(rows: Sequence[Told], day: date) -> list[LeadTime]:
    """One for each transfer that was certainly in operation by ``day`` and whose interest has a date."""
    found = (_lead_time(same, day) for same in _by_transfer(rows).values())
    return [time for time in found if time]


def typical(times: Collection[LeadTime]) -> LeadTime | None:
    """The one in the middle."""
    if not times:
        return None
    most = median_low([inf if time.most is None else time.most for time in times])
    return LeadTime(median_low([time.least for time in times]), None if most == inf else int(most))


def reached(rows: Sequence[Told], day: date) -> dict[tuple[str, str], Told]:
    """The last stage each transfer has or may have reached by ``day``; what never happened is none."""
    found = [row for row in rows if row.when.possibly_by(day) and row.stage != Stage.RETRACTED]
    return {row.transfer: row for row in sorted(found, key=lambda row: (row.when.latest, ORDER[Stage(row.stage)]))}


def _by_transfer(rows: Iterable[Told]) -> dict[tuple[str, str], list[Told]]:
    found: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for row in rows:
        found[row.transfer].append(row)
    return found


def _counted(found: Sequence[Running]) -> InOperation:
    return InOperation(_organisations([one for one in found if one.told.is_confirmed]), _organisations(found))


def _organisations(found: Sequence[Running]) -> Count:
    certain = {one.told.receiver for one in found if one.is_certain}
    return Count(len(certain), len({one.told.receiver for one in found}))


def _lead_time(same: Sequence[Told], day: date) -> LeadTime | None:
    interest = _first(same, Stage.INTERESTED)
    begun = _first(same, Stage.IN_OPERATION)
    if interest is None or begun is None or not begun.certainly_by(day):
        return None
    least = (begun.earliest - interest.latest).days if begun.earliest else 0
    most = (begun.latest - interest.earliest).days if interest.earliest else None
    return LeadTime(max(least, 0), most)


def _first(same: Sequence[Told], stage: Stage) -> PartialDate | None:
    return min((row.when for row in same if row.stage == stage), key=lambda date: date.latest, default=None)
