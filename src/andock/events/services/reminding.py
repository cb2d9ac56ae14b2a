"""Reminders at the organiser's times: each once, late rather than never, but never after the event has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from .. import queries
from ..choices import Occasion
from ..models import Event, Reminder
from . import telling

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def remind_due(*, now: datetime) -> int:
    """Begin to send all reminders whose time has come; returns of how many events. Again, it does nothing more."""
    return sum(_remind(pk, now) for pk in queries.events_to_remind_of(now).values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: UUID, now: datetime) -> bool:
    event = Event.objects.select_for_update(no_key=True).get(pk=pk)  # nobody who registers waits for it
    if not event.is_coming(now):
        return False
    undone = Reminder.objects.select_related("event").filter(event=event, done_at=None).order_by("hours_before")
    due = [reminder for reminder in undone if reminder.moment and reminder.moment <= now]
    if due:
        Reminder.objects.filter(pk__in=[reminder.pk for reminder in due]).update(done_at=now)
        nearest = due[0]  # the others were missed; one mail is enough
        telling.begin(event, Occasion.REMINDER, telling.number_of_reminder(nearest), until=nearest.moment or now)
    return bool(due)
