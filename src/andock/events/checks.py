"""What ``andock doctor`` asks about the events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andock.kernel.findings import Finding

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

LATE = timedelta(days=2)
"""The job runs once a day; what is left two days later was not deleted."""


def seats_are_counted() -> Iterator[Finding]:
    """The counters of seats and waiting people against the registrations themselves."""
    wrong = queries.miscounted()
    names = ", ".join(sorted({allotment.event.slug for allotment in wrong}))
    yield Finding(
        "Seats taken are as many as the registrations say",
        not wrong,
        f"Counted wrongly: {names}. Restore the last good backup or report this as a fault.",
    )


def data_are_forgotten() -> Iterator[Finding]:
    """Personal data and needs whose time is over are gone."""
    day = timezone.localdate() - LATE
    late = [event for event in queries.with_personal_data(day) if event.forgets_on <= day]
    late += [event for event in queries.with_needs(day) if event.forgets_needs_on <= day]
    names = ", ".join(sorted({event.slug for event in late}))
    yield Finding(
        "No personal data of an event are kept longer than was said",
        not late,
        f"Still there: {names}. Does a worker run (andock run-worker)? andock jobs shows what failed.",
    )
