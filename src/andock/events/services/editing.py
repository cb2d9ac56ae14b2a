"""Changing an event section by section; what two people change at once is never overwritten unseen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andock.kernel.pagecache.versions import public_transaction
from andock.strategy.field_lock import settle

from .. import rules, sections
from ..addresses import short_name
from ..choices import Attendance, Door, Occasion
from ..documents import renew_left_series
from ..models import Allotment
from ..publication import contradictions, lacks
from ..queries import allotments_of
from ..timing import Timing, WrongDate, timing_of
from . import seats
from .desk import Unfit, content_of, count_change, leave_trace, locked
from .drafts import free_slug
from .telling import set_reminders_again, tell_everybody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andock.accounts.models import User
    from andock.strategy.field_lock import Conflict, Submitted

    from ..models import Event

COUNTED = frozenset({"what", "when", "where"})
"""Sections that calendars hold: a change there raises the event's counter."""
TOLD = frozenset({"when", "where"})
SEATED = frozenset({"where", "registration"})
"""Sections that hold seats, or move them."""
PLACE = frozenset({"format", "venue", "street", "postal_code", "town"})


@public_transaction()
def edit(
    *, actor: User, event: Event, section: str, fields: Mapping[str, Submitted], now: datetime, is_told: bool = False
) -> dict[str, Conflict]:
    """Change a section; returns the fields somebody else changed at the same time.

    ``is_told``: whoever registered is told where time, place or online room change. Raises ``Denied`` or ``Unfit``.
    """
    event = locked(event)
    if section in SEATED:
        seats.lock_all(event)
    rules.may_edit_event(actor, event).demand()
    saved = sections.read(event, section)
    changes, conflicts = settle(saved, fields)
    if changes:
        before, lacked, left = content_of(event), lacks(event, now), event.series_id
        was = event.title
        _put(event, section, saved | changes, now)
        _follow_title(event, was)
        _refuse_less(event, lacked, now)
        _save(event, section, saved | changes, now)
        leave_trace(actor, "written", event, before=before, section=section, fields=" ".join(sorted(changes)))
        if left and left != event.series_id:
            renew_left_series(left)
        room = Occasion.ROOM_MOVED if before["online_url"] else Occasion.ROOM_KNOWN
        was_told = is_told and section in TOLD and _tell(event, set(changes), room, now)
        if section == "when":
            set_reminders_again(event, now, is_told=was_told)
    return conflicts


def _put(event: Event, section: str, values: Mapping[str, Any], now: datetime) -> None:
    """Write the values into the event and refuse what contradicts itself. Raises ``Unfit``."""
    was_over, was, rested = event.is_over(now), timing_of(event), event.rests
    try:
        sections.put(event, section, values)
    except WrongDate as wrong:
        raise Unfit([(wrong.field, str(wrong))]) from wrong
    move_deadline(event, was, rested=rested)
    if problems := list(contradictions(event)):
        raise Unfit(problems)
    if event.is_public and event.is_over(now) and not was_over:
        raise Unfit([("day", _("This lies in the past, but people expect the event still to come."))])


def move_deadline(event: Event, was: Timing, *, rested: bool) -> None:
    """Where the beginning moves, registration closes as long before it as it did.

    Where registration ``rested`` until a time is known, it opens again with it, until the event begins.
    """
    if rested and event.starts_at:
        event.door, event.closes_at = Door.HERE, None
    elif event.starts_at and was.starts_at and event.closes_at:
        event.closes_at += event.starts_at - was.starts_at


def _follow_title(event: Event, was: str) -> None:
    """A draft that gets another title gets its address too, unless the address was chosen; nobody knows it yet."""
    from_title = re.escape(short_name(was, ())) + r"(-\d+)?"
    if not event.is_public and event.title != was and re.fullmatch(from_title, event.slug):
        event.slug = free_slug(event.title)


def _refuse_less(event: Event, lacked: list[tuple[str, str]], now: datetime) -> None:
    """What everybody sees may not begin to lack something. Raises ``Unfit``."""
    missing = [found for found in lacks(event, now) if found not in lacked]
    if event.is_public and missing:
        raise Unfit(("", sentence) for _section, sentence in missing)


def _save(event: Event, section: str, values: Mapping[str, Any], now: datetime) -> None:
    if event.is_public and section in COUNTED:
        count_change(event, now)
    event.changed_at = now
    if section == "where":
        offer_ways(event)
    event.save()
    sections.put_links(event, section, values)
    if section == "registration":
        _resize(event, values, now)


def _resize(event: Event, values: Mapping[str, Any], now: datetime) -> None:
    """Give each way to attend its seats. Raises ``Unfit``."""
    for allotment in sorted(allotments_of(event), key=lambda row: row.pk):
        name = allotment.attendance
        capacity, reserved = values.get(f"{name}_seats"), values.get(f"{name}_reserved") or 0
        if (capacity, reserved) == (allotment.capacity, allotment.reserved):
            continue
        try:
            seats.resize(allotment_id=allotment.pk, capacity=capacity, reserved=reserved, now=now)
        except seats.NoSeat as error:
            raise Unfit([(f"{name}_seats", str(error))]) from error


def offer_ways(event: Event) -> None:
    """Let the seats follow the event's format: another way to attend takes over who registered. Raises ``Unfit``."""
    wanted = set(sections.ways_of(event))
    there = {allotment.attendance: allotment for allotment in event.allotments.order_by("pk")}
    gone, new = there.keys() - wanted, wanted - there.keys()
    if gone and new:
        _rename(seats.locked(there[gone.pop()].pk), Attendance(new.pop()))
    for attendance in gone:
        _close(seats.locked(there[attendance].pk))
    Allotment.objects.bulk_create(Allotment(event=event, attendance=attendance) for attendance in sorted(new))


def _rename(allotment: Allotment, attendance: Attendance) -> None:
    allotment.attendance = attendance
    allotment.save(update_fields=["attendance"])


def _close(allotment: Allotment) -> None:
    if count := allotment.registrations.count():
        told = ngettext(
            "%(number)d person has registered for “%(way)s”, so this way to attend stays. Set its seats to those taken, and nobody else comes.",
            "%(number)d people have registered for “%(way)s”, so this way to attend stays. Set its seats to those taken, and nobody else comes.",
            count,
        )
        raise Unfit([("format", told % {"number": count, "way": allotment.get_attendance_display()})])
    allotment.delete()


def _tell(event: Event, changed: set[str], room: Occasion, now: datetime) -> bool:
    """Once, of what weighs most: another time or place, or only the online room. Returns whether anybody is told."""
    if not event.is_public or event.is_over(now):
        return False
    if changed & (PLACE | {"day", "time", "end_day", "end_time", "roughly"}):
        tell_everybody(event=event, occasion=Occasion.EVENT_CHANGED, now=now)
    elif "online_url" in changed and event.online_url:
        tell_everybody(event=event, occasion=room, now=now)
    else:
        return False
    return True
