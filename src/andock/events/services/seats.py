"""Seats: taken, given back and offered on. Every change happens under the lock of the allotment's row.

The rule of the waiting list: a free seat goes to the first in the order of tickets for whom the free seats are enough. So
nobody is passed by somebody who wants as many seats or more, and no free seat stays empty because the first wants
two. While anybody waits, new people join the list behind them. See docs/develop/decisions/0012-seats.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.kernel.jobs import enqueue
from andock.kernel.pagecache.versions import bump, public_transaction

from ..choices import HOLDING, EventState, Occasion, RegistrationState
from ..models import Allotment, Registration
from ..queries import offer_ends_at, room_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..models import Event


WORDS = [
    f"event__{name}"
    for name in (
        "summary", "text", "host", "format", "kind", "date_text", "end_text", "postponed_from", "venue", "street", "postal_code",
        "town", "step_free", "sign_language", "access_note", "online_url", "edition", "municipality", "series",
        "without_technology", "contact_office", "contact_email", "source", "verified", "note", "reason", "door_url",
    )
]  # fmt: skip
"""What nobody asks while seats are locked: a rush waits for every column."""


class NoSeat(ValueError):
    """There are not enough free seats; the text says so and what to do."""


def lock(allotment_id: int) -> Allotment:
    """The allotment, its row locked until the transaction ends (SQLite locks everything).

    Read its event afterwards: what others did to it while we waited for the lock is seen only then.
    """
    return Allotment.objects.select_for_update().get(pk=allotment_id)


def lock_all(event: Event) -> None:
    """Lock all seats of an event, for a deed that decides over whoever holds some: the others wait and then see it."""
    len(Allotment.objects.select_for_update().filter(event=event).order_by("pk"))


def locked(allotment_id: int) -> Allotment:
    """As ``lock``, with its event in the same query: on PostgreSQL as it was when we began to wait."""
    found = Allotment.objects.select_for_update(of=("self",)).select_related("event").defer(*WORDS)
    return found.get(pk=allotment_id)


def take(allotment: Allotment, registration: Registration) -> None:
    """Count the seats of a registration that enters a state which holds them; the caller saves the registration."""
    _count(allotment, registration, 1)


def give_back(allotment: Allotment, registration: Registration) -> None:
    """The opposite of ``take``; call ``offer_on`` when the registration is saved."""
    _count(allotment, registration, -1)


def queue_up(allotment: Allotment, registration: Registration) -> None:
    """Put a registration at the end of the waiting list; the caller saves it."""
    before = room_of(allotment)
    registration.state, registration.ticket = RegistrationState.WAITING, allotment.next_ticket
    allotment.next_ticket += 1
    allotment.waiting += 1
    _save(allotment, before)


def step_out(allotment: Allotment) -> None:
    """Somebody leaves the waiting list."""
    before = room_of(allotment)
    allotment.waiting -= 1
    _save(allotment, before)


def is_free_for(allotment: Allotment, seats: int) -> bool:
    """Whether somebody who comes now gets seats: enough are free and nobody waits for them."""
    return not allotment.waiting and allotment.has_room(seats)


def has_place(allotment: Allotment, seats: int) -> bool:
    """Whether somebody who comes now is not sent away: there are seats, or a waiting list."""
    return allotment.event.has_waiting_list or is_free_for(allotment, seats)


def offer_on(allotment: Allotment, now: datetime) -> list[UUID]:
    """Give free seats to those who wait, in their order; returns who got one.

    With time enough before the event they are asked for a yes (``OFFERED``), else they have the seat at once.
    Once it has begun or is cancelled nothing is offered any more.
    """
    served: list[UUID] = []
    event = allotment.event
    if event.state == EventState.CANCELLED or (event.starts_at and event.starts_at <= now):
        return served
    while allotment.waiting and (free := _most(allotment)) and (following := _first_for(allotment, free)):
        _serve(allotment, following, now)
        served.append(following.pk)
    return served


def settled(registration: Registration) -> RegistrationState:
    """What somebody with a confirmed address and a seat is: waiting for the organiser's yes where one is wanted."""
    return RegistrationState.PENDING if registration.event.needs_approval else RegistrationState.CONFIRMED


def recount(allotment: Allotment) -> tuple[int, int]:
    """The seats taken and the people waiting as the registrations say; the counters must be equal."""
    rows = Registration.objects.filter(allotment=allotment)
    taken = sum(rows.filter(state__in=HOLDING).values_list("seats", flat=True))
    return taken, rows.filter(state=RegistrationState.WAITING).count()


def _most(allotment: Allotment) -> int:
    return 10**6 if allotment.free is None else max(allotment.free, 0)


def _first_for(allotment: Allotment, free: int) -> Registration | None:
    waiting = Registration.objects.select_for_update(of=("self",)).filter(
        allotment=allotment, state=RegistrationState.WAITING, confirmed_at__isnull=False, seats__lte=free
    )
    return waiting.order_by("ticket").first()


def _serve(allotment: Allotment, registration: Registration, now: datetime) -> None:
    registration.event = allotment.event
    until = offer_ends_at(allotment.event, now)
    registration.state = RegistrationState.OFFERED if until else settled(registration)
    registration.expires_at = until
    registration.ticket, registration.changed_at = None, now
    registration.seated_at = None if until else now
    registration.save()
    before = room_of(allotment)
    allotment.waiting -= 1
    allotment.taken += registration.seats
    _save(allotment, before)
    tell(registration, Occasion.OFFERED if until else Occasion(registration.state))


def tell(registration: Registration, occasion: Occasion, number: int = 0) -> None:
    """Queue the mail that tells of a deed, in the deed's transaction; ``number`` tells repeated occasions apart."""
    if registration.email:
        enqueue("events.tell", registration_id=str(registration.pk), occasion=occasion.value, number=number)


def _count(allotment: Allotment, registration: Registration, sign: int) -> None:
    before = room_of(allotment)
    allotment.taken += sign * registration.seats
    if registration.uses_reserve:
        allotment.reserved -= sign * registration.seats
    _save(allotment, before)


def _save(allotment: Allotment, before: str) -> None:
    allotment.save(update_fields=["taken", "waiting", "next_ticket", "reserved"])
    if room_of(allotment) != before:
        event: Event = allotment.event
        bump("events", event.scope)


@public_transaction()
def resize(*, allotment_id: int, capacity: int | None, reserved: int, now: datetime) -> Allotment:
    """Another number of seats; those that become free are offered on. Raises ``NoSeat`` below what is taken."""
    allotment = locked(allotment_id)
    if capacity is not None and capacity < allotment.taken + reserved:
        raise NoSeat(
            _("%(taken)d seats are taken and %(reserved)d reserved, so there must be at least %(sum)d.")
            % {"taken": allotment.taken, "reserved": reserved, "sum": allotment.taken + reserved}
        )
    before = room_of(allotment)
    allotment.capacity, allotment.reserved = capacity, reserved
    allotment.save(update_fields=["capacity"])
    _save(allotment, before)
    offer_on(allotment, now)
    return allotment
