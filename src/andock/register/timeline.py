"""How many municipalities took part from day to day: pure, from periods to steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from andock.strategy.choices import TAKING_PART

if TYPE_CHECKING:
    from andock.strategy.models import DockingPeriod

Span = tuple[date, date]
Life = tuple[date | None, date | None]
MOST_STEPS = 120
"""Above, only the last step of each quarter is drawn: more would be thinner than a line."""


@dataclass(frozen=True, slots=True)
class Step:
    """From ``since`` on, ``certain`` municipalities take part in any case and ``possible`` at most."""

    since: date
    certain: int
    possible: int


def steps(periods: Iterable[DockingPeriod], lives: Mapping[int, Life]) -> list[Step]:
    """Every day on which a number changes. ``lives`` has an entry for each municipality that counts."""
    own: dict[int, list[DockingPeriod]] = defaultdict(list)
    for period in periods:
        if period.role in TAKING_PART and period.docking.organisation_id in lives:
            own[period.docking.organisation_id].append(period)
    certain: dict[date, int] = defaultdict(int)
    possible: dict[date, int] = defaultdict(int)
    for organisation, found in own.items():
        _add(certain, _within(_certain(found), lives[organisation]))
        _add(possible, _within(map(_possible, found), lives[organisation]))
    return _summed(certain, possible)


def thinned(found: list[Step]) -> list[Step]:
    """The steps, or the last of each quarter where they are too many to draw."""
    if len(found) <= MOST_STEPS:
        return found
    last = {(step.since.year, (step.since.month - 1) // 3): step for step in found}
    return list(last.values())


def _possible(period: DockingPeriod) -> Span:
    return period.since_earliest or date.min, period.until_latest or date.max


def _certain(periods: Iterable[DockingPeriod]) -> Iterable[Span]:
    """What is covered in any case; two periods that follow each other on one uncertain day leave no gap."""
    followers = {period.since_text: period for period in periods}
    for period in periods:
        end = period.until_earliest if period.until_text else date.max
        follower = followers.get(period.until_text)
        if follower and follower is not period:
            end = max(end or date.min, follower.since_latest)
        if end and period.since_latest < end:
            yield period.since_latest, end


def _within(spans: Iterable[Span], life: Life) -> list[Span]:
    """The spans cut to the organisation's life and joined where they meet or overlap."""
    born, gone = life[0] or date.min, life[1] or date.max
    joined: list[Span] = []
    for begin, end in sorted((max(begin, born), min(end, gone)) for begin, end in spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif begin < end:
            joined.append((begin, end))
    return joined


def _add(changes: dict[date, int], spans: Iterable[Span]) -> None:
    for begin, end in spans:
        changes[begin] += 1
        changes[end] -= 1


def _summed(certain: Mapping[date, int], possible: Mapping[date, int]) -> list[Step]:
    found = [Step(date.min, 0, 0)]
    for day in sorted({*certain, *possible} - {date.max}):
        last = found[-1]
        found.append(Step(day, last.certain + certain.get(day, 0), last.possible + possible.get(day, 0)))
    return [
        later for step, later in pairwise(found) if (step.certain, step.possible) != (later.certain, later.possible)
    ]
