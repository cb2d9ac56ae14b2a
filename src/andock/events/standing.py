"""What somebody who might come should know first: cancelled, over, seats free, waiting list … and until when that is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from andock.design.choices import Mark

from . import rules
from .choices import WITHOUT_REGISTRATION, Door, EventState, Room, Standing
from .queries import allotments_of, room_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .models import Allotment, Event

EVERYBODY = AnonymousUser()

MARKS = {
    Standing.CANCELLED: ("declined", "st-cancelled"),
    Standing.OVER: ("clock", "st-over"),
    Standing.RUNNING: ("half", "st-free"),
    Standing.WITHOUT: ("tick", "st-free"),
    Standing.ELSEWHERE: ("external", "st-over"),
    Standing.NOT_YET: ("clock", "st-over"),
    Standing.CLOSED: ("lock", "st-over"),
    Standing.FREE: ("tick", "st-free"),
    Standing.FEW: ("half", "st-few"),
    Standing.WAITING_LIST: ("undecided", "st-waiting"),
    Standing.FULL: ("minus", "st-waiting"),
}
"""Icon and class of each standing; a mere date has none."""


def standing(event: Event, now: datetime) -> Standing:
    """Of an event with its seats at hand."""
    if event.state == EventState.CANCELLED:
        return Standing.CANCELLED
    if event.is_over(now):
        return Standing.OVER
    if event.kind in WITHOUT_REGISTRATION:
        return Standing.DATE
    if event.starts_at and event.starts_at <= now:
        return Standing.RUNNING
    if event.door != Door.HERE:
        return _without_registration(event)
    return _of_registration(event, now)


def mark(event: Event, now: datetime | None) -> Mark | None:
    """Its standing as lists show it: word, icon and class; None for what has nothing to say.

    Without ``now`` only that it is cancelled, for lists of what is over.
    """
    if now is None and event.state != EventState.CANCELLED:
        return None
    return _mark(standing(event, now) if now else Standing.CANCELLED)


def ways(event: Event) -> list[tuple[Allotment, Mark | None]]:
    """The ways to attend, each with how full it is."""
    return [(allotment, _mark(Standing(room_of(allotment)))) for allotment in allotments_of(event)]


def next_change(events: Iterable[Event], now: datetime) -> datetime | None:
    """When a page about these events must be made anew though nobody has changed anything. Midnight is known anyway."""
    moments = (moment for event in events for moment in (event.opens_at, event.closes_at, event.starts_at, event.end))
    return min((moment for moment in moments if moment and moment > now), default=None)


def _mark(found: Standing) -> Mark | None:
    icon = MARKS.get(found)
    return Mark(found.label, *icon) if icon else None


def _without_registration(event: Event) -> Standing:
    if event.rests:
        return Standing.CLOSED
    return Standing.ELSEWHERE if event.door == Door.ELSEWHERE else Standing.WITHOUT


def _of_registration(event: Event, now: datetime) -> Standing:
    if not rules.may_register(EVERYBODY, event, now):
        return Standing.NOT_YET if event.opens_at and now < event.opens_at else Standing.CLOSED
    rooms = {room_of(allotment) for allotment in allotments_of(event)}
    return Standing(next((room for room in Room if room in rooms), Room.FULL))
