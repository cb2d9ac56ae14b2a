"""The calendar of a month: weeks of days with their events, and what has no certain day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from . import queries
from .dating import has_days
from .timing import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from .models import Event

MONDAY_FIRST = calendar.Calendar()


@dataclass(frozen=True, slots=True)
class Day:
    """A cell of the calendar; ``day`` is None beside the month."""

    day: date | None
    events: Sequence[Event] = ()
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """``spans`` have no certain day, or too many. ``before`` and ``after`` lead on where there is something."""

    first: date
    weeks: Sequence[Sequence[Day]]
    spans: Sequence[Event]
    before: date | None
    after: date | None

    @property
    def is_empty(self) -> bool:
        return not self.spans and not any(day.events for week in self.weeks for day in week)

    @property
    def weekdays(self) -> list[date]:
        """Seven days whose names head the columns."""
        return [date(2024, 1, number) for number in range(1, 8)]


def month_of(text: str, today: date) -> date:
    """The first day of a month written as 2026-12; of this month where it makes no sense."""
    try:
        year, _dash, month = text.partition("-")
        found = date(int(year), int(month), 1)
    except ValueError:
        return today.replace(day=1)
    return found if found.year in YEARS else today.replace(day=1)


def sheet_of(events: QuerySet[Event], first: date, today: date) -> MonthSheet:
    """The calendar of the month that begins on ``first``."""
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    found = list(queries.in_days(events, first, after - timedelta(days=1)))
    begin, end = queries.extent(events)
    return MonthSheet(
        first=first,
        weeks=_weeks(first, [event for event in found if has_days(event)], today),
        spans=[event for event in found if not has_days(event)],
        before=before if min(begin or today, today) < first else None,
        after=after if max(end or today, today) >= after else None,
    )


def _weeks(first: date, events: Iterable[Event], today: date) -> list[list[Day]]:
    weeks = MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    return [[_day(day, first, events, today) for day in week] for week in weeks]


def _day(day: date, first: date, events: Iterable[Event], today: date) -> Day:
    if day.month != first.month:
        return Day(None)
    here = [event for event in events if event.first_day <= day <= event.last_day]
    return Day(day, here, is_today=day == today)
