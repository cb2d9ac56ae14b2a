"""Telling many: what has changed, reminders and the organiser's own words, in steps that may be interrupted.

Each mail has a key of its own, so a step that is done again after its worker died writes nothing twice. They all let
those pass that somebody waits for, such as the link that confirms a registration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.jobs import Priority, enqueue

from .. import mail, queries
from ..choices import Attendance, EventState, Occasion, RegistrationState
from ..models import Event

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ..models import Registration, Reminder

STEP = 50
"""So many mails are written before other jobs have their turn."""
CONCERNED = (
    RegistrationState.PENDING,
    RegistrationState.CONFIRMED,
    RegistrationState.OFFERED,
    RegistrationState.WAITING,
)
"""Whom a change of the event concerns; those whose address is not confirmed learn it when they confirm."""


ABOUT_ROOM = frozenset({Occasion.ROOM_MOVED, Occasion.ROOM_KNOWN})


def tell_everybody(*, event: Event, occasion: Occasion, now: datetime) -> None:
    """Tell all whom it concerns that the event has changed, is cancelled, or that its online room is known or has moved.

    Called in the transaction of the deed, which has raised the event's counter (``desk.count_change``): calendars see
    by it that their entry has changed, and the mails of this deed are told apart by it from those of the next.
    Registrations stay as they are.
    """
    begin(event, occasion, event.sequence, until=now)


def begin(event: Event, occasion: Occasion, number: int | str, *, until: datetime) -> None:
    """Queue the first step; ``until`` leaves out who came later, and so knows already."""
    enqueue(
        "events.tell_people", event_id=str(event.pk), occasion=occasion.value, number=str(number),
        until=until.isoformat(), priority=_priority(occasion),
    )  # fmt: skip


def tell_some(*, event_id: str, occasion: Occasion, number: str, until: datetime, after: str, now: datetime) -> None:
    """Write one step's mails and queue the next step."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not _is_wanted(event, occasion, number, now):
        return
    rest = _recipients(event, occasion, number, until).order_by("pk")
    found = [str(pk) for pk in (rest.filter(pk__gt=after) if after else rest).values_list("pk", flat=True)[:STEP]]
    for registration_id in found:
        mail.tell(
            registration_id=registration_id, occasion=occasion, number=number, now=now, priority=_priority(occasion)
        )  # fmt: skip
    if len(found) == STEP:
        enqueue(
            "events.tell_people", event_id=event_id, occasion=occasion.value, number=number, until=until.isoformat(),
            after=found[-1], priority=_priority(occasion),
        )  # fmt: skip


def number_of_reminder(reminder: Reminder) -> str:
    """What tells its mails apart: the same hours before the same beginning are the same reminder."""
    return f"{reminder.hours_before}-{_second(reminder.event)}"


def set_reminders_again(event: Event, now: datetime, *, is_told: bool) -> None:
    """After another time: reminders yet to come remind of it; those that are late only where nobody is told of it now."""
    for reminder in event.reminders.all():
        if reminder.moment is not None and reminder.moment > now:
            reminder.done_at = None
        elif is_told:
            reminder.done_at = now
        reminder.save(update_fields=["done_at"])


def _is_wanted(event: Event, occasion: Occasion, number: str, now: datetime) -> bool:
    """Whether it is still so: what was put off or cancelled meanwhile has a mail of its own."""
    if occasion == Occasion.REMINDER:
        return event.is_coming(now) and number.endswith(f"-{_second(event)}")
    return occasion != Occasion.EVENT_CHANGED or event.state == EventState.PUBLISHED


def _recipients(event: Event, occasion: Occasion, number: str, until: datetime) -> QuerySet[Registration]:
    match occasion:
        case Occasion.MESSAGE:
            states = tuple(queries.messages_of(event).get(pk=number).states)
        case Occasion.REMINDER | Occasion.ROOM_MOVED | Occasion.ROOM_KNOWN:
            states = (RegistrationState.CONFIRMED,)
        case _:
            states = CONCERNED
    found = queries.known(event, states, until)
    return found.filter(allotment__attendance=Attendance.ONLINE) if occasion in ABOUT_ROOM else found


def _priority(occasion: Occasion) -> Priority:
    """Behind whoever waits for a confirmation; what the organiser writes behind what has changed, too."""
    return Priority.LEISURE if occasion == Occasion.MESSAGE else Priority.MANY


def _second(event: Event) -> int:
    return int(event.starts_at.timestamp()) if event.starts_at else 0
