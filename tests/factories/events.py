"""Events with seats, and people who register."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from andock.events.choices import ATTENDANCES, Door, EventState, Format
from andock.events.models import Allotment, Event, Registration
from andock.events.services.registering import Entry, confirm, register

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
"""When the scenes play, a Monday."""
VISITOR = AnonymousUser()
_numbers = count(1)


def event(organisation: Organisation, *, seats: int | None = 2, **values: Any) -> Event:
    """A published event in four weeks for which people register; ``seats`` in each way to attend."""
    number = next(_numbers)
    starts_at = values.pop("starts_at", NOW + timedelta(weeks=4))
    values = {
        "slug": f"abend-{number}", "title": f"Abend {number}", "kind": "talk", "format": Format.ON_SITE,
        "state": EventState.PUBLISHED, "door": Door.HERE, "starts_at": starts_at,
        "ends_at": starts_at and starts_at + timedelta(hours=2),
    } | values  # fmt: skip
    made = Event(organisation=organisation, **values)
    made.first_day, made.last_day = made.days()
    made.save()
    for attendance in ATTENDANCES[Format(made.format)]:
        Allotment.objects.create(event=made, attendance=attendance, capacity=seats)
    return made


def entry(name: str = "Ada", **values: Any) -> Entry:
    return Entry(**{"name": name, "email": f"{name.lower()}@example.org"} | values)


def registered(made: Event, name: str = "Ada", *, now: datetime = NOW, **values: Any) -> Registration:
    """Somebody has filled in the form."""
    allotment = made.allotments.first()
    return register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(name, **values), now=now)


def confirmed(made: Event, name: str = "Ada", *, now: datetime = NOW, **values: Any) -> Registration:
    """… and has pressed the button in the mail."""
    return confirm(actor=VISITOR, registration=registered(made, name, now=now, **values), now=now)
