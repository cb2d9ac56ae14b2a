"""Who came: reports from the door, in any order and as often as they are sent.

A report says that one seat of one registration was taken. Seats are a set, so two phones that report the same person,
or a queue that is sent again, count once; three people of one registration may come one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Min

from .. import rules
from ..models import CheckIn, Registration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User

    from ..models import Event


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report: ``seat`` counts from 0; ``id`` is the same each time it is sent."""

    id: UUID
    registration_id: UUID
    seat: int
    at: datetime


def check_in(*, actor: User, event: Event, arrivals: Iterable[Arrival], now: datetime) -> list[UUID]:
    """Record who came, each registration for itself; returns the reports that fit nobody here. Raises ``Denied``.

    Whoever has cancelled meanwhile came all the same: what was seen at the door is what counts.
    """
    rules.may_check_in(actor, event, now).demand()
    ordered = sorted(arrivals, key=attrgetter("registration_id", "seat"))
    unknown: list[UUID] = []
    for registration_id, reports in groupby(ordered, key=attrgetter("registration_id")):
        unknown += _record(event, registration_id, list(reports), now)
    return unknown


@transaction.atomic
def take_back(*, actor: User, event: Event, registration_id: UUID, now: datetime) -> None:
    """It was a mistake: nobody of this registration came. A report sent again changes nothing. Raises ``Denied``."""
    rules.may_check_in(actor, event, now).demand()
    registration = _locked(event, registration_id)
    if registration:
        registration.check_ins.update(taken_back=True)
        count_arrived(registration)


@transaction.atomic
def _record(event: Event, registration_id: UUID, reports: list[Arrival], now: datetime) -> list[UUID]:
    registration = _locked(event, registration_id)
    fitting = [one for one in reports if registration and 0 <= one.seat < registration.seats]
    if registration and fitting:
        CheckIn.objects.bulk_create(
            (CheckIn(id=one.id, registration=registration, seat=one.seat, at=_within(one.at, event, now)) for one in fitting),
            ignore_conflicts=True,
        )  # fmt: skip
        count_arrived(registration)
    return [one.id for one in reports if one not in fitting]


def _locked(event: Event, registration_id: UUID) -> Registration | None:
    return Registration.objects.select_for_update(of=("self",)).filter(pk=registration_id, event=event).first()


def _within(at: datetime, event: Event, now: datetime) -> datetime:
    """The time a phone says, unless its clock is wrong: not in the future, not before the doors open."""
    earliest = event.starts_at - rules.CHECK_IN_OPENS if event.starts_at else now
    return min(max(at, earliest), now)


def count_arrived(registration: Registration) -> None:
    """Sum up the reports in the registration itself."""
    reports = registration.check_ins.filter(taken_back=False).aggregate(
        seats=Count("seat", distinct=True), first=Min("at")
    )
    registration.arrived, registration.arrived_at = reports["seats"], reports["first"]
    registration.save(update_fields=["arrived", "arrived_at"])
