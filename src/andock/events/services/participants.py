"""What those who run an event do about its people: enter by hand, accept, reject, cancel, note, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction
from andock.kernel.text import email_key

from .. import queries, rules
from ..addresses import new_code
from ..choices import Occasion, Origin, RegistrationState
from ..models import Registration
from . import seats
from .registering import SentBefore, leave, locked

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User

    from ..models import Allotment, Event
    from .registering import Entry


class AlreadyHere(ValueError):
    """The address is registered already; ``registration`` is the one that counts."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(
            _("This address is registered already: “%(state)s”. Open that entry instead.")
            % {"state": registration.get_state_display()}
        )
        self.registration = registration


@public_transaction()
def enter(
    *, actor: User, allotment_id: int, entry: Entry, uses_reserve: bool, request_key: UUID, now: datetime, note: str = ""
) -> Registration:  # fmt: skip
    """Enter somebody who called or stands at the door; confirmed at once, told by mail where there is an address.

    The same ``request_key`` returns what it made before. Raises ``Denied``, ``SentBefore``, ``AlreadyHere`` or ``NoSeat``.
    """
    allotment = seats.locked(allotment_id)
    rules.may_enter_participants(actor, allotment.event).demand()
    key = email_key(entry.email) if entry.email else ""
    if same := Registration.objects.filter(request_key=request_key).first():
        return _same_person(same, allotment.event, entry.name, key)
    if key and (found := queries.active_registration(allotment.event, key)):
        raise AlreadyHere(found)
    _demand_room(allotment, entry.seats, uses_reserve=uses_reserve, now=now)
    registration = Registration(
        event=allotment.event, allotment=allotment, state=RegistrationState.CONFIRMED, origin=Origin.BY_HAND,
        name=entry.name, email=entry.email, email_key=key, seats=entry.seats, companions=entry.companions,
        access_needs=entry.access_needs, catering_needs=entry.catering_needs, language=entry.language, note=note,
        uses_reserve=uses_reserve, request_key=request_key, code=new_code(),
        created_at=now, confirmed_at=now, seated_at=now, changed_at=now,
    )  # fmt: skip
    seats.take(allotment, registration)
    registration.save(force_insert=True)
    seats.tell(registration, Occasion.CONFIRMED)
    _trace(actor, "person_entered", registration)
    return registration


@public_transaction()
def accept(*, actor: User, registration: Registration, now: datetime) -> Registration:
    """Say yes to somebody who waits for it. Raises ``Denied``."""
    _allotment, registration = locked(registration)
    rules.may_decide_registration(actor, registration, now).demand()
    registration.state, registration.changed_at = RegistrationState.CONFIRMED, now
    registration.save(update_fields=["state", "changed_at"])
    seats.tell(registration, Occasion.CONFIRMED)
    _trace(actor, "person_accepted", registration)
    return registration


@public_transaction()
def reject(*, actor: User, registration: Registration, reason: str, now: datetime) -> Registration:
    """Say no; the seat goes to whoever waits. ``reason`` stands in the mail. Raises ``Denied``."""
    allotment, registration = locked(registration)
    rules.may_decide_registration(actor, registration, now).demand()
    registration.reason = reason
    _end(actor, allotment, registration, RegistrationState.REJECTED, now)
    return registration


@public_transaction()
def cancel_for(*, actor: User, registration: Registration, reason: str, now: datetime) -> Registration:
    """Cancel for somebody; the seat goes to whoever waits. ``reason`` stands in the mail. Raises ``Denied``."""
    allotment, registration = locked(registration)
    rules.may_cancel_for(actor, registration, now).demand()
    registration.reason = reason
    _end(actor, allotment, registration, RegistrationState.CANCELLED, now)
    return registration


@transaction.atomic
def note(*, actor: User, registration: Registration, text: str, now: datetime) -> None:
    """What the organiser wants to remember about somebody. Raises ``Denied``.

    ``changed_at`` stays: it tells when a registration ended.
    """
    rules.may_see_participants(actor, registration.event).demand()
    Registration.objects.filter(pk=registration.pk).update(note=text)


@transaction.atomic
def note_export(*, actor: User, event: Event, name: str) -> None:
    """Names leave the house in a file: the trail says so. Raises ``Denied``."""
    rules.may_see_participants(actor, event).demand()
    record(
        actor=actor, action="events.people_exported", thing=event, organisation=event.organisation, data={"file": name}
    )  # fmt: skip


def _same_person(same: Registration, event: Event, name: str, key: str) -> Registration:
    """A double click is one person; whoever goes back and enters another sends the same form for somebody else."""
    if (same.event_id, same.name, same.email_key) != (event.pk, name, key):
        raise SentBefore(_("This form was sent before, for somebody else. Send it again to enter this person too."))
    return same


def _demand_room(allotment: Allotment, wanted: int, *, uses_reserve: bool, now: datetime) -> None:
    """Nobody who waits is passed by; once the event has begun nobody waits any more."""
    begins = allotment.event.starts_at
    if uses_reserve:
        is_free = allotment.reserved >= wanted
    else:
        is_free = allotment.has_room(wanted) if begins and begins <= now else seats.is_free_for(allotment, wanted)
    if not is_free:
        raise seats.NoSeat(_no_room(allotment, uses_reserve=uses_reserve))


def _no_room(allotment: Allotment, *, uses_reserve: bool) -> str:
    if uses_reserve:
        return _("Only %d reserved seats are left. Take fewer, or reserve more on the page of the event.") % (
            allotment.reserved
        )
    if allotment.waiting:
        return _("People wait for the free seats. Use reserved seats, or add seats on the page of the event.")
    return _("There are not enough free seats. Use reserved seats, or add seats on the page of the event.")


def _end(
    actor: User, allotment: Allotment, registration: Registration, state: RegistrationState, now: datetime
) -> None:
    leave(allotment, registration, state, now)
    seats.tell(registration, Occasion(state))
    _trace(actor, f"person_{state}", registration)


def _trace(actor: User, action: str, registration: Registration) -> None:
    """By number, not by name: when the person's data go, the trail has nothing of them."""
    record(
        actor=actor, action=f"events.{action}", thing=registration, organisation=registration.event.organisation,
        data={"seats": registration.seats},
    )  # fmt: skip
