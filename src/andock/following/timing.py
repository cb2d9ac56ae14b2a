"""When digests are due: in the morning here, whatever the clocks do in between."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .choices import Frequency

MORNING = time(7)
SETTLING = timedelta(minutes=2)
"""So long news wait for others that come with them before who wants them at once is told."""
MONDAY, WEEK = 0, 7


def next_due(frequency: str, now: datetime) -> datetime | None:
    """The next morning, or Monday morning, after ``now``; nothing where news or a word decide."""
    if frequency not in (Frequency.DAILY, Frequency.WEEKLY):
        return None
    day = timezone.localdate(now)
    if _morning_of(day) <= now:
        day += timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % WEEK)
    return _morning_of(day)


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
