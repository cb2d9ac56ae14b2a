"""Writing events that come from a region's folder, and the invented people of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.kernel.text import email_key

from ..addresses import new_code
from ..choices import EventState, Origin, RegistrationState
from ..documents import renew_event
from ..models import Allotment, CheckIn, Event, ProgrammeItem, Question, Registration, Series
from . import seats
from .attending import count_arrived

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many invented people have registered for one way to attend, wait for it, and came."""

    taken: int = 0
    waiting: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event as a file describes it, references resolved: ``fields`` of the row, what hangs on it, and its seats."""

    fields: Mapping[str, Any]
    links: Mapping[str, list[Any]] = field(default_factory=dict)
    programme: list[Mapping[str, Any]] = field(default_factory=list)
    questions: list[Mapping[str, Any]] = field(default_factory=list)
    seats: Mapping[str, int | None] = field(default_factory=dict)
    crowds: Mapping[str, Crowd] = field(default_factory=dict)


@public_transaction()
def load_series(*, slug: str, values: Mapping[str, Any]) -> bool:
    """Make the series; one that is there already stays as it is. Returns whether it was made."""
    return Series.objects.get_or_create(slug=slug, defaults=dict(values))[1]


@public_transaction()
def load_event(*, incoming: IncomingEvent, people: list[str], now: datetime) -> bool:
    """Publish the event; one that is there already stays as it is. Returns whether it was made.

    Raises ``ValidationError`` where something in it does not fit. ``people`` are the names of the invented crowd.
    """
    if Event.objects.filter(slug=incoming.fields["slug"]).exists():
        return False
    event = Event(state=EventState.PUBLISHED, published_at=now, changed_at=now)
    for name, value in incoming.fields.items():
        setattr(event, name, value)
    event.first_day, event.last_day = event.days()
    event.full_clean()
    event.save(force_insert=True)
    _hang_on(event, incoming)
    names = iter(people)
    for attendance, capacity in incoming.seats.items():
        allotment = Allotment.objects.create(event=event, attendance=attendance, capacity=capacity)
        _fill(allotment, incoming.crowds.get(attendance, Crowd()), names, now)
    bump("events", event.scope)
    renew_event(event)
    return True


def invented_names(first: list[str], last: list[str]) -> list[str]:
    """Every first name with every last one, neighbours with different last names."""
    pairs = (
        (given, last[(number + turn) % len(last)]) for turn in range(len(last)) for number, given in enumerate(first)
    )
    return [" ".join(pair) for pair in pairs]


def _hang_on(event: Event, incoming: IncomingEvent) -> None:
    for name, things in incoming.links.items():
        getattr(event, name).set(things)
    for position, values in enumerate(incoming.programme):
        ProgrammeItem.objects.create(event=event, position=position, **values)
    for position, values in enumerate(incoming.questions):
        Question.objects.create(event=event, position=position, **values)


def _fill(allotment: Allotment, crowd: Crowd, names: Iterator[str], now: datetime) -> None:
    """Give seats and places on the waiting list as registering does, without mails."""
    locked = seats.locked(allotment.pk)
    count = crowd.taken + crowd.waiting
    for number, name in enumerate(islice(names, count)):
        registration = _invented(locked, name, now - 5 * timedelta(hours=count - number))
        if number < crowd.taken:
            registration.state, registration.seated_at = RegistrationState.CONFIRMED, registration.confirmed_at
            seats.take(locked, registration)
        else:
            seats.queue_up(locked, registration)
        registration.save(force_insert=True)
        if number < crowd.came:
            _arrive(registration)


def _arrive(registration: Registration) -> None:
    """As the door reports it, when the event began."""
    at = registration.event.starts_at or registration.created_at
    CheckIn.objects.bulk_create(
        CheckIn(id=uuid4(), registration=registration, seat=seat, at=at) for seat in range(registration.seats)
    )
    count_arrived(registration)


def _invented(allotment: Allotment, name: str, moment: datetime) -> Registration:
    email = f"{name.replace(' ', '.').lower()}@demo.example"
    return Registration(
        event=allotment.event, allotment=allotment, name=name, email=email, email_key=email_key(email), code=new_code(),
        origin=Origin.IMPORTED, created_at=moment, confirmed_at=moment, changed_at=moment, language="de",
    )  # fmt: skip
