"""What everybody learns of: an event is published, postponed, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction

from .. import rules
from ..choices import Door, EventState, Occasion
from ..ical import has_entry
from ..publication import contradictions, lacks
from ..timing import Timing, timing_of
from . import seats
from .desk import Unfit, content_of, count_change, leave_trace, locked
from .editing import move_deadline
from .telling import set_reminders_again, tell_everybody

if TYPE_CHECKING:
    from datetime import datetime

    from andock.accounts.models import User

    from ..models import Event


@public_transaction()
def publish(*, actor: User, event: Event, now: datetime) -> Event:
    """Show a draft to everybody. Raises ``Denied``, or ``Unfit`` with everything that is missing."""
    event = locked(event)
    rules.may_publish_event(actor, event).demand()
    if missing := lacks(event, now):
        raise Unfit(missing)
    event.state, event.published_at, event.changed_at = EventState.PUBLISHED, now, now
    event.save()
    leave_trace(actor, "published", event)
    return event


@public_transaction()
def postpone(*, actor: User, event: Event, when: Timing, reason: str, now: datetime) -> Event:
    """Another date, known or only roughly; everybody who registered is told and keeps their seat.

    While no time is known registration rests. Raises ``Denied`` or ``Unfit``.
    """
    event = locked(event)
    seats.lock_all(event)
    rules.may_cancel_event(actor, event).demand()
    before, was, rested, had_day = content_of(event), timing_of(event), event.rests, has_entry(event)
    when.put(event)
    _refuse_past_or_same(event, was, now)
    move_deadline(event, was, rested=rested)
    if had_day or not event.postponed_from:
        with translation.override(settings.LANGUAGE_CODE):
            event.postponed_from = str(was)
    if event.starts_at is None and not rested:
        _rest(event, now)
    if wrong := list(contradictions(event)):
        raise Unfit(wrong)
    _change(event, reason, now)
    leave_trace(actor, "postponed", event, reason=reason, before=before)
    tell_everybody(event=event, occasion=Occasion.EVENT_CHANGED, now=now)
    set_reminders_again(event, now, is_told=True)
    return event


@public_transaction()
def cancel(*, actor: User, event: Event, reason: str, now: datetime) -> Event:
    """Call it off: everybody who registered is told once; nobody registers, confirms or is offered a seat any more.

    The registrations stay as they were, so that it is known who was told. Raises ``Denied``.
    """
    event = locked(event)
    seats.lock_all(event)
    rules.may_cancel_event(actor, event).demand()
    event.state = EventState.CANCELLED
    _change(event, reason, now)
    leave_trace(actor, "cancelled", event, reason=reason)
    tell_everybody(event=event, occasion=Occasion.EVENT_CANCELLED, now=now)
    return event


def _rest(event: Event, now: datetime) -> None:
    """Close registration until a time is known, where people registered here (``Event.rests``)."""
    if event.door == Door.HERE:
        event.door, event.closes_at = Door.NONE, now
    elif event.door == Door.NONE:
        event.closes_at = None


def _change(event: Event, reason: str, now: datetime) -> None:
    event.reason = reason
    count_change(event, now)
    event.save()


def _refuse_past_or_same(event: Event, was: Timing, now: datetime) -> None:
    if timing_of(event) == was:
        raise Unfit([("day", _("This is the date it has already."))])
    if event.last_day < timezone.localdate(now) or (event.starts_at and event.starts_at <= now):
        raise Unfit([("day", _("This lies in the past. An event is postponed to a day still to come."))])
