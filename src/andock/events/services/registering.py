"""From the form to the seat: register, confirm, change, cancel, take or decline an offer, expire.

Every act locks the allotment, looks at the registration as it is under that lock, and is harmless when repeated.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db import IntegrityError
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.kernel.permissions import Denied
from andock.kernel.text import email_key

from .. import queries, rules
from ..addresses import new_code, text_hash
from ..choices import Occasion, Origin, RegistrationState
from ..models import Allotment, ConsentText, Registration
from . import seats

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from ..models import Event
    from ..rules import Actor

HOLD = timedelta(minutes=30)
"""How long a seat is held for somebody whose address is not confirmed."""
HOUR = timedelta(hours=1)
MAILS_AN_HOUR = 10
"""So that nobody's mailbox is filled by registering them everywhere."""


class TooMany(ValueError):
    """Too many registrations under one address in an hour; the text says what to do."""


class SentBefore(ValueError):
    """The form with this key was sent before, with something else in it; it needs a new key."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody fills in, already checked by the form."""

    name: str
    email: str
    seats: int = 1
    companions: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    access_needs: str = ""
    catering_needs: str = ""
    language: str = "de"
    consent: str = ""
    """The text that was agreed to, word by word."""


def register(**wanted: Any) -> Registration:
    """Hold a seat for half an hour, or a place on the waiting list, and send the mail that asks for confirmation.

    Keywords as in ``_register``. The same ``request_key`` returns what it made before. An address that is registered
    already gets a mail with its link, to look and to change, and the answer is the one a stranger gets: whoever asks
    doesn't learn who comes.
    ``is_held_back`` holds no seat before the address is confirmed. Raises ``Denied``, ``NoSeat``, ``TooMany`` or
    ``SentBefore``.
    """
    try:
        answer = _register(**wanted)
    except IntegrityError:  # the same address or request at the same moment, under the lock of the other allotment
        answer = _register(**wanted)
    if isinstance(answer, Registration):
        return answer
    raise answer


@public_transaction()
def register_all(
    *, actor: Actor, entries: Mapping[int, Entry], now: datetime, request_key: UUID, origin_hash: str = "",
    held_back: Collection[int] = (),
) -> list[Registration]:  # fmt: skip
    """Register for several events at once, by allotment, with one mail whose link confirms them all.

    All or none: ``NoSeat`` names every event that could not be had. Otherwise as ``register``.
    """
    made: list[Registration] = []
    refusals = []
    for allotment_id, entry in sorted(entries.items()):
        try:
            registration = register(
                actor=actor, allotment_id=allotment_id, entry=entry, now=now, origin_hash=origin_hash,
                request_key=uuid5(request_key, str(allotment_id)), group=request_key,
                is_held_back=allotment_id in held_back, is_told=not any(one.group == request_key for one in made),
            )  # fmt: skip
        except (seats.NoSeat, Denied) as refusal:
            refusals.append(f"{seats.locked(allotment_id).event}: {refusal}")
        else:
            made.append(registration)
    if refusals:
        raise seats.NoSeat(" ".join(refusals))
    return made


@public_transaction()
def _register(
    *, actor: Actor, allotment_id: int, entry: Entry, now: datetime, request_key: UUID | None = None,
    origin_hash: str = "", is_held_back: bool = False, group: UUID | None = None, is_told: bool = True,
) -> Registration | seats.NoSeat:  # fmt: skip
    allotment = seats.locked(allotment_id)
    rules.may_register(actor, allotment.event, now).demand()
    known = queries.known_registrations(allotment.event, email_key(entry.email), request_key, now - HOUR)
    same = _same_request(known, request_key, entry)
    if same and _says(same, allotment, entry):
        return same
    if found := _active(known, allotment.event):
        seats.tell(found, Occasion.AGAIN, number=int(now.timestamp()) // 3600)
        is_answered = found == same or seats.has_place(allotment, entry.seats)
        return found if is_answered else seats.NoSeat(_no_seat(allotment))
    _limit(known, now)
    registration = _new(allotment, entry, now, request_key=request_key, origin_hash=origin_hash, group=group)
    _place(allotment, registration, is_held_back=is_held_back)
    registration.expires_at = now + HOLD
    registration.save(force_insert=True)
    if is_told:
        seats.tell(registration, Occasion.CONFIRM)
    return registration


@public_transaction()
def confirm(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """The address is right: a held seat becomes theirs. Whoever comes after half an hour gets a seat if there is one.

    Repeated, it changes nothing. Raises ``Denied``, or ``NoSeat`` where neither seat nor waiting list is left.
    """
    allotment, registration = locked(registration)
    rules.may_answer_registration(actor, registration, now).demand()
    if registration.confirmed_at and registration.state != RegistrationState.EXPIRED:
        return registration
    return _confirm(allotment, registration, now)


def confirm_all(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Confirm a registration and those filled in together with it. Raises as ``confirm``, for this one alone."""
    for other in queries.filled_in_together(registration):
        with contextlib.suppress(Denied, seats.NoSeat):
            confirm(actor=actor, registration=other, now=now)
    return confirm(actor=actor, registration=registration, now=now)


@public_transaction()
def accept_offer(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Take the offered seat. Raises ``Denied``."""
    _allotment, registration = locked(registration)
    rules.may_answer_registration(actor, registration, now).demand()
    if registration.state == RegistrationState.OFFERED:
        _settle(registration, now)
    return registration


@public_transaction()
def cancel(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Give up the registration, or decline an offered seat; the seat is offered on. Raises ``Denied``."""
    allotment, registration = locked(registration)
    if not registration.is_active:
        return registration
    rules.may_answer_registration(actor, registration, now).demand()
    is_offer = registration.state == RegistrationState.OFFERED
    leave(allotment, registration, RegistrationState.DECLINED if is_offer else RegistrationState.CANCELLED, now)
    seats.tell(registration, Occasion.CANCELLED)
    return registration


@public_transaction()
def change(*, actor: Actor, registration: Registration, entry: Entry, allotment_id: int, now: datetime) -> Registration:
    """Correct what was filled in; more seats or the other way to attend only where there is room.

    The address stays: it is what was confirmed. Raises ``Denied`` or ``NoSeat``; then nothing has changed.
    """
    locks = {pk: seats.lock(pk) for pk in sorted({registration.allotment_id, allotment_id})}
    old, registration = locked(registration)
    rules.may_answer_registration(actor, registration, now).demand()
    new = old if old.pk == allotment_id else locks[allotment_id]
    new.event = registration.event
    if (new, entry.seats) != (old, registration.seats):
        _move(old, new, registration, entry.seats, now)
    _fill(registration, entry, now)
    registration.save()
    seats.tell(registration, Occasion.CHANGED, number=int(now.timestamp()))
    if registration.pk in seats.offer_on(old, now):
        registration.refresh_from_db()
    return registration


def expire_due(*, now: datetime) -> int:
    """End holds and offers whose time is over and offer their seats on; each in its own transaction. Returns how many."""
    found = list(queries.due_to_expire(now).values_list("pk", flat=True)[:1000])
    return sum(_expire(pk, now) for pk in found)


def leave(allotment: Allotment, registration: Registration, state: RegistrationState, now: datetime) -> None:
    """Bring an active registration into a final state under the lock, and offer on what it held."""
    if registration.holds_seats:
        seats.give_back(allotment, registration)
    elif registration.state == RegistrationState.WAITING:
        seats.step_out(allotment)
    registration.state, registration.ticket, registration.expires_at = state, None, None
    registration.changed_at = now
    registration.save()
    seats.offer_on(allotment, now)


def locked(registration: Registration) -> tuple[Allotment, Registration]:
    """The allotment locked, and the registration and its event as they are now under that lock."""
    allotment = seats.lock(registration.allotment_id)
    found = Registration.objects.select_for_update(of=("self",)).select_related("event").get(pk=registration.pk)
    if found.allotment_id != allotment.pk:  # it moved while we waited for the lock
        return locked(found)
    allotment.event = found.event
    found.allotment = allotment
    return allotment, found


def consent_text(text: str) -> ConsentText | None:
    """The row that holds this wording; made when it is the first of its kind."""
    if not text:
        return None
    found = ConsentText(hash=text_hash(text), text=text)
    ConsentText.objects.bulk_create([found], ignore_conflicts=True)
    return found


def _same_request(known: list[Registration], request_key: UUID | None, entry: Entry) -> Registration | None:
    same = next((one for one in known if request_key and one.request_key == request_key), None)
    if same and same.email_key != email_key(entry.email):
        raise SentBefore(_("This form was sent before, with another address. Send it again to register this one too."))
    if same and not same.is_active:
        raise SentBefore(
            _("This form was sent before, and that registration has ended. Send it again to register anew.")
        )
    return same


def _says(registration: Registration, allotment: Allotment, entry: Entry) -> bool:
    """Whether it holds just what was filled in. Who went back and corrected something is told that nothing has changed."""
    names = ("name", "seats", "companions", "answers", "access_needs", "catering_needs")
    is_same = all(getattr(registration, name) == getattr(entry, name) for name in names)
    return is_same and registration.allotment_id == allotment.pk


def _active(known: list[Registration], event: Event) -> Registration | None:
    return next((one for one in known if one.event_id == event.pk and one.is_active), None)


def _limit(known: list[Registration], now: datetime) -> None:
    mails = {one.group or one.pk for one in known if one.created_at >= now - HOUR}
    if len(mails) >= MAILS_AN_HOUR:
        raise TooMany(
            _("There were %d registrations with this address within an hour. Please try again later.") % MAILS_AN_HOUR
        )


def _new(allotment: Allotment, entry: Entry, now: datetime, **more: Any) -> Registration:
    registration = Registration(
        event=allotment.event, allotment=allotment, email=entry.email, email_key=email_key(entry.email),
        seats=entry.seats, language=entry.language, code=new_code(), created_at=now, origin=Origin.ONLINE, **more,
    )  # fmt: skip
    _fill(registration, entry, now)
    return registration


def _fill(registration: Registration, entry: Entry, now: datetime) -> None:
    if entry.consent and text_hash(entry.consent) != registration.consent_id:
        registration.consent, registration.consented_at = consent_text(entry.consent), now
    registration.name, registration.companions = entry.name, entry.companions
    registration.answers, registration.changed_at = entry.answers, now
    registration.access_needs, registration.catering_needs = entry.access_needs, entry.catering_needs


def _place(allotment: Allotment, registration: Registration, *, is_held_back: bool = False) -> None:
    """Decide between a seat, the waiting list and, for now, neither. Raises ``NoSeat``."""
    if is_held_back and seats.has_place(allotment, registration.seats):
        registration.state = RegistrationState.HELD_BACK
    elif seats.is_free_for(allotment, registration.seats):
        registration.state = RegistrationState.UNCONFIRMED
        seats.take(allotment, registration)
    elif allotment.event.has_waiting_list:
        seats.queue_up(allotment, registration)
    else:
        raise seats.NoSeat(_no_seat(allotment))


def _confirm(allotment: Allotment, registration: Registration, now: datetime) -> Registration:
    if registration.state == RegistrationState.EXPIRED and _has_another(registration):
        raise seats.NoSeat(
            _(
                "You have registered anew since then, and that registration counts. Please use the link in the latest mail."
            )
        )
    registration.confirmed_at, registration.origin_hash = now, ""
    if registration.state not in {RegistrationState.UNCONFIRMED, RegistrationState.WAITING}:
        _place(allotment, registration)
    if registration.state == RegistrationState.UNCONFIRMED:
        _settle(registration, now)
        return registration
    registration.expires_at, registration.changed_at = None, now
    registration.save()
    if registration.pk in seats.offer_on(allotment, now):
        registration.refresh_from_db()
    else:
        seats.tell(registration, Occasion.WAITING)
    return registration


def _has_another(registration: Registration) -> bool:
    """Whether another registration with this address counts by now."""
    return queries.active_registration(registration.event, registration.email_key) is not None


def _settle(registration: Registration, now: datetime) -> None:
    registration.state, registration.seated_at = seats.settled(registration), now
    registration.expires_at, registration.changed_at = None, now
    registration.save()
    seats.tell(registration, Occasion(registration.state))


def _move(old: Allotment, new: Allotment, registration: Registration, wanted: int, now: datetime) -> None:
    """Other seats for a registration that holds some; whoever only waits in the same list waits for so many now.

    Reserved seats stay reserved while they are given up one by one; whoever wants more takes all from the others.
    """
    is_waiting = registration.state == RegistrationState.WAITING
    if registration.holds_seats or (is_waiting and old != new):
        stays_reserved = registration.uses_reserve and old == new and wanted <= registration.seats
        own = registration.seats if old == new and not registration.uses_reserve else 0
        if not stays_reserved and wanted > own and not seats.is_free_for(new, wanted - own):
            raise seats.NoSeat(_("There are not enough free seats for this change. Your registration stays as it was."))
        if is_waiting:
            seats.step_out(old)
            registration.state, registration.ticket = _with_seat(registration), None
            registration.seated_at = now if registration.confirmed_at else None
        else:
            seats.give_back(old, registration)
        registration.uses_reserve, registration.seats = stays_reserved, wanted
        seats.take(new, registration)
    registration.allotment, registration.seats = new, wanted


def _with_seat(registration: Registration) -> RegistrationState:
    return seats.settled(registration) if registration.confirmed_at else RegistrationState.UNCONFIRMED


@public_transaction()
def _expire(pk: UUID, now: datetime) -> bool:
    registration = Registration.objects.filter(pk=pk).first()
    if registration is None:
        return False
    allotment, registration = locked(registration)
    if not registration.is_expired(now) or not registration.is_active:
        return False
    was_offered = registration.state == RegistrationState.OFFERED
    leave(allotment, registration, RegistrationState.EXPIRED, now)
    if was_offered:
        seats.tell(registration, Occasion.LAPSED)
    return True


def _no_seat(allotment: Allotment) -> str:
    if allotment.event.allotments.count() > 1:
        return _("All seats are taken this way. Please try the other way to attend.")
    return _("All seats are taken, and this event has no waiting list. Please write to the organiser.")
