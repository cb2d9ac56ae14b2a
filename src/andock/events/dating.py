"""When an event takes place, in words and for machines, as exactly as it is known and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from datetime import date, datetime

    from andock.kernel.dates import PartialDate

    from .models import Event

LONG = timedelta(days=7)
"""What lasts longer is no date in a calendar but a span beside it."""


@dataclass(frozen=True, slots=True)
class When:
    """``day`` in words, ``time`` of day where it is known; ``machine`` as HTML's datetime, empty where HTML has none."""

    day: str
    time: str
    machine: str

    def __str__(self) -> str:
        return f"{self.day}, {self.time}" if self.time else self.day


@dataclass(frozen=True, slots=True)
class Sheet:
    """The leaf of a calendar beside an event: weekday and number only where the day is known."""

    weekday: str
    number: str
    month: str
    year: int


def when(event: Event) -> When:
    if event.starts_at is None:
        return _partial(event)
    begins = timezone.localtime(event.starts_at)
    ends = timezone.localtime(event.ends_at) if event.ends_at else None
    machine = begins.isoformat(timespec="minutes")
    if ends and ends.date() != begins.date():
        words = _("%(first)s to %(last)s") % {"first": moment(begins), "last": moment(ends)}
        return When(words, "", machine)
    return When(_full(begins.date()), _hours(begins, ends), machine)


def sheet(event: Event) -> Sheet:
    day = event.first_day
    month, precision = date_format(day, "M"), precision_of(event)
    if precision == "day":
        return Sheet(date_format(day, "D"), str(day.day), month, day.year)
    return Sheet("", "", month if precision == "month" else "", event.last_day.year)


def heading(event: Event) -> str:
    """Under which words a list puts it: its month, or what is known instead."""
    date = event.partial_date
    if date and date.precision not in {"day", "month"}:
        return str(date)
    return date_format(event.first_day, "YEAR_MONTH_FORMAT")


def precision_of(event: Event) -> str:
    """How exactly its beginning is known: a time has a day too."""
    return event.partial_date.precision if event.partial_date else "day"


def has_days(event: Event) -> bool:
    """Whether it belongs to certain days of a calendar: they are known and not too many."""
    last = event.partial_end or event.partial_date
    is_known = precision_of(event) == "day" and (last is None or last.precision == "day")
    return is_known and event.last_day - event.first_day < LONG


def _partial(event: Event) -> When:
    first, last = event.partial_date, event.partial_end
    assert first, "An event has a time or a date."
    machine = "" if first.precision in {"season", "at the latest"} else first.text
    return When(_span(first, last) if last and last.text != first.text else _within(first), "", machine)


def _within(date: PartialDate) -> str:
    if date.precision == "day":
        return _full(date.latest)
    if date.precision == "year":
        return _("in %(year)d") % {"year": date.latest.year}
    return str(date) if date.precision == "at the latest" else _("in %(month)s") % {"month": date}


def _span(first: PartialDate, last: PartialDate) -> str:
    """Both ends; the year once where it is the same."""
    beginning = str(first)
    if first.precision == "day" and first.latest.year == last.latest.year:
        beginning = date_format(first.latest, "MONTH_DAY_FORMAT")
    return _("%(first)s to %(last)s") % {"first": beginning, "last": last}


def _full(day: date) -> str:
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


def moment(point: datetime) -> str:
    """Day and time in the region: “Montag, 1. Juni 2026, 14:00 Uhr”."""
    local = timezone.localtime(point)
    return f"{_full(local.date())}, {_hours(local, None)}"


def _hours(begins: datetime, ends: datetime | None) -> str:
    first = date_format(begins, "H:i")
    if ends is None:
        return pgettext("time of day", "%(time)s") % {"time": first}
    return pgettext("time of day", "%(first)s to %(last)s") % {"first": first, "last": date_format(ends, "H:i")}
