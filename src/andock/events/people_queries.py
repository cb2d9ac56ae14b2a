"""Reads of participants, for those who run the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from .choices import ACTIVE, Group, RegistrationState
from .folding import is_found
from .models import CheckIn, Event, Question, Registration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

State = RegistrationState
STANDINGS = {
    Group.COMING: Q(state=State.CONFIRMED),
    Group.PENDING: Q(state=State.PENDING),
    Group.WAITING: Q(state=State.WAITING),
    Group.OFFERED: Q(state=State.OFFERED),
    Group.UNCONFIRMED: Q(state__in=(State.UNCONFIRMED, State.HELD_BACK)),
    Group.ENDED: ~Q(state__in=ACTIVE),
    Group.CAME: Q(arrived__gt=0),
    Group.BOUNCED: Q(email_bounced_at__isnull=False),
}


def event_of(organisation_slug: str, event_slug: str) -> QuerySet[Event]:
    """One event of an organisation, drafts too."""
    events = Event.objects.select_related("organisation")
    return events.filter(organisation__slug=organisation_slug, slug=event_slug)


def people(event: Event, *, standing: str = "", attendance: str = "", search: str = "") -> QuerySet[Registration]:
    """Those who registered and count, or the part asked for: by name, the waiting list in its order."""
    found = Registration.objects.filter(event=event).select_related("allotment")
    found = found.filter(STANDINGS[Group(standing)] if standing else Q(state__in=ACTIVE))
    if attendance:
        found = found.filter(allotment__attendance=attendance)
    if search:
        found = found.filter(pk__in=_matching(event, search))
    return found.order_by(*(("allotment", "ticket") if standing == Group.WAITING else ("name", "created_at")))


def standings(event: Event) -> dict[str, int]:
    """How many registrations there are of each part; under an empty word all that count."""
    parts = {part.name: Count("pk", filter=condition) for part, condition in STANDINGS.items()}
    found = Registration.objects.filter(event=event).aggregate(all=Count("pk", filter=Q(state__in=ACTIVE)), **parts)
    return {"": found["all"]} | {part.value: found[part.name] for part in STANDINGS}


def places_in_line(event: Event) -> dict[UUID, int]:
    """The place of everybody on a waiting list, from 1, for each way to attend."""
    waiting = Registration.objects.filter(event=event, state=State.WAITING).order_by("ticket")
    places: dict[UUID, int] = {}
    length: dict[int, int] = {}
    for pk, allotment in waiting.values_list("pk", "allotment"):
        places[pk] = length[allotment] = length.get(allotment, 0) + 1
    return places


def person(event: Event, registration_id: UUID) -> QuerySet[Registration]:
    """One registration with what its page shows."""
    return Registration.objects.filter(event=event, pk=registration_id).select_related("allotment", "event", "consent")


def questions_of(event: Event) -> list[Question]:
    return list(Question.objects.filter(event=event))


def expected(event: Event) -> QuerySet[Registration]:
    """Those the door expects, and whoever came although they had cancelled."""
    found = Registration.objects.filter(Q(state=State.CONFIRMED) | Q(arrived__gt=0), event=event)
    return found.order_by("name", "created_at")


def listed(event: Event) -> QuerySet[Registration]:
    """Those the door may have to do with: those expected, and those who wait and may ask."""
    waiting = Q(state__in=(State.PENDING, State.OFFERED, State.WAITING))
    found = Registration.objects.filter(Q(state=State.CONFIRMED) | Q(arrived__gt=0) | waiting, event=event)
    return found.order_by("name", "created_at")


def at_the_door(event: Event, search: str) -> list[Registration]:
    """Everybody who registered and fits, those expected first; whoever has cancelled is found too."""
    found = Registration.objects.filter(event=event, pk__in=_matching(event, search)).exclude(state=State.UNCONFIRMED)
    return sorted(found.order_by("name"), key=lambda one: one.state != State.CONFIRMED)


def seats_taken_up(registrations: Iterable[Registration]) -> dict[UUID, set[int]]:
    """Which seats of each registration somebody has taken at the door."""
    seats: dict[UUID, set[int]] = {one.pk: set() for one in registrations}
    reports = CheckIn.objects.filter(registration__in=seats, taken_back=False)
    for pk, seat in reports.values_list("registration", "seat"):
        seats[pk].add(seat)
    return seats


def arrivals(event: Event) -> dict[UUID, list[int]]:
    """The same for everybody, without those who have not come."""
    came: dict[UUID, list[int]] = {}
    reports = CheckIn.objects.filter(registration__event=event, taken_back=False).order_by("seat")
    for pk, seat in reports.values_list("registration", "seat").distinct():
        came.setdefault(pk, []).append(seat)
    return came


def presence(event: Event) -> tuple[int, int]:
    """How many people came, and how many are expected."""
    sums = expected(event).order_by().aggregate(came=Sum("arrived"), expected=Sum("seats"))
    return sums["came"] or 0, sums["expected"] or 0


def movements(event: Event) -> list[dict[str, Any]]:
    """What the figures are made of: no name among it."""
    rows = Registration.objects.filter(event=event)
    return [
        dict(row)
        for row in rows.values(
            "allotment__attendance", "state", "seats", "arrived", "confirmed_at", "seated_at", "changed_at", "arrived_at",
        )
    ]  # fmt: skip


def _matching(event: Event, search: str) -> list[UUID]:
    """Compared here and not in the database, which knows no umlauts in every engine."""
    rows = Registration.objects.filter(event=event).values_list("pk", "name", "email", "code", "companions")
    return [pk for pk, *texts, companions in rows if is_found(search, [*texts, *companions])]
