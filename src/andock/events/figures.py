"""How many registered, wait, cancelled and came, over time: counted from when things happened, not from who it was."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from .choices import Attendance, RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

State = RegistrationState
GONE = (State.CANCELLED, State.DECLINED, State.REJECTED, State.EXPIRED)
HOURLY = timedelta(days=1)
"""What took no longer is counted by the hour, else by the day."""


@dataclass(frozen=True, slots=True)
class Sum:
    """People, not registrations."""

    registered: int = 0
    waiting: int = 0
    cancelled: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """The sums as they were just before ``until``; the stretch before it began at ``since``."""

    since: datetime
    until: datetime
    sum: Sum

    @property
    def is_hour(self) -> bool:
        """Whether the stretch is an hour, and not a day."""
        return self.until - self.since <= timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Way:
    """The sums as they are now, for one way to attend."""

    attendance: Attendance
    sum: Sum


class Counter:
    """Changes of one number over time; asked for its value just before any moment."""

    def __init__(self, changes: Iterable[tuple[datetime | None, int]]) -> None:
        ordered = sorted((at, number) for at, number in changes if at)
        self.times = [at for at, _number in ordered]
        self.sums = [0]
        for _at, number in ordered:
            self.sums.append(self.sums[-1] + number)

    def before(self, moment: datetime) -> int:
        return self.sums[bisect_left(self.times, moment)]


def ways(rows: Sequence[dict[str, Any]]) -> list[Way]:
    """The sums now, those on site first, without ways nobody chose."""
    parts = {way: [row for row in rows if row["allotment__attendance"] == way] for way in Attendance}
    return [Way(way, total(part)) for way, part in parts.items() if part]


def total(rows: Iterable[dict[str, Any]]) -> Sum:
    """The sums now."""
    return Sum(**{name: counter.sums[-1] for name, counter in _counters(rows).items()})


def over_time(rows: Sequence[dict[str, Any]]) -> list[Moment]:
    """The sums hour by hour or day by day, from the first who registered to the last that happened."""
    counters = _counters(rows)
    times = sorted(at for counter in counters.values() for at in counter.times)
    if not times:
        return []
    edges = _edges(times[0], times[-1])
    return [Moment(since, until, _sums(counters, until)) for since, until in pairwise(edges)]


def _counters(rows: Iterable[dict[str, Any]]) -> dict[str, Counter]:
    rows = list(rows)
    changes = {"registered": _registered, "waiting": _waiting, "cancelled": _cancelled, "came": _came}
    return {name: Counter(change for row in rows for change in of(row)) for name, of in changes.items()}


def _sums(counters: dict[str, Counter], moment: datetime) -> Sum:
    return Sum(**{name: counter.before(moment) for name, counter in counters.items()})


def _registered(row: dict[str, Any]) -> list[tuple[datetime | None, int]]:
    left = row["changed_at"] if row["seated_at"] and row["state"] in GONE else None
    return [(row["seated_at"], row["seats"]), (left, -row["seats"])]


def _waiting(row: dict[str, Any]) -> list[tuple[datetime | None, int]]:
    """From the confirmed address until a seat is theirs, or they give up."""
    if row["confirmed_at"] is None or row["confirmed_at"] == row["seated_at"]:
        return []
    left = row["seated_at"] or (row["changed_at"] if row["state"] in GONE else None)
    return [(row["confirmed_at"], row["seats"]), (left, -row["seats"])]


def _cancelled(row: dict[str, Any]) -> list[tuple[datetime | None, int]]:
    """Whoever was registered or waited and does no longer."""
    left = row["changed_at"] if row["confirmed_at"] and row["state"] in GONE else None
    return [(left, row["seats"])]


def _came(row: dict[str, Any]) -> list[tuple[datetime | None, int]]:
    return [(row["arrived_at"], row["arrived"])]


def _edges(first: datetime, last: datetime) -> list[datetime]:
    """Full hours or midnights, the first before everything, the last after it."""
    begin = timezone.localtime(first).replace(minute=0, second=0, microsecond=0)
    if last - first <= HOURLY:
        hour, full = timedelta(hours=1), begin.astimezone(UTC)  # where no clock is ever put back
        return [full + number * hour for number in range((last - full) // hour + 2)]
    days = (timezone.localdate(last) - begin.date()).days + 1
    return [
        timezone.make_aware(datetime.combine(begin.date() + timedelta(days=number), datetime.min.time()))
        for number in range(days + 1)
    ]
