"""Personal data end: after the stated time, or when somebody asks for it. Figures and texts of consent stay.

What stays of a registration is its event, state, seats, way to attend, times and code; nothing of it leads to a person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction
from andock.notifications.queries import readable_messages
from andock.notifications.services import forget_messages

from .. import queries, rules
from ..addresses import registration_id_in
from ..choices import RegistrationState
from ..models import Event, Registration
from .registering import leave, locked

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..rules import Actor

DAY = timedelta(days=1)
NO_NEEDS = {"access_needs": "", "catering_needs": ""}
NOBODY: dict[str, Any] = NO_NEEDS | {
    "name": "", "email": "", "email_key": "", "companions": [], "answers": {}, "note": "", "reason": "", "origin_hash": "",
    "group": None,
}  # fmt: skip
"""What a registration says once nothing in it is personal."""


def forget_due(*, now: datetime) -> None:
    """Delete what has been kept as long as was said, event by event; repeated, it does nothing."""
    today = timezone.localdate(now)
    for event in queries.with_personal_data(today):
        if event.forgets_on <= today:
            _forget(event, now)
    for event in queries.with_needs(today):
        if event.forgets_needs_on <= today:
            _forget_needs(event)
    _forget_never_confirmed(now)
    _old_places(now).update(origin_hash="")


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_due`` would strip or delete, by what."""
    today = timezone.localdate(now)
    over = [event.pk for event in queries.with_personal_data(today) if event.forgets_on <= today]
    needs = [event.pk for event in queries.with_needs(today) if event.forgets_needs_on <= today]
    return {
        "people of events that are over": Registration.objects.filter(
            event__in=over, anonymised_at__isnull=True
        ).count(),
        "needs of accessibility and catering": Registration.objects.exclude(**NO_NEEDS).filter(event__in=needs).count(),
        "registrations never confirmed": queries.never_confirmed(now).count(),
        "places on the network": _old_places(now).count(),
    }


def _old_places(now: datetime) -> Any:
    return Registration.objects.exclude(origin_hash="").filter(created_at__lt=now - DAY)


@public_transaction()
def erase(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Delete what is personal in one registration at once, its mails too. An active one is cancelled with it.

    Raises ``Denied`` where nothing is left to delete.
    """
    allotment, registration = locked(registration)
    rules.may_have_data(actor, registration).demand()
    if registration.is_active:
        leave(allotment, registration, RegistrationState.CANCELLED, now)
    _anonymise(Registration.objects.filter(pk=registration.pk), now)
    _forget_mails({registration.pk})
    event = allotment.event
    record(
        actor=None, action="events.erased", thing=event, organisation=event.organisation,
        data={"registrations": 1, "by_link": True},
    )  # fmt: skip
    registration.refresh_from_db()
    return registration


@transaction.atomic
def _forget(event: Event, now: datetime) -> None:
    known = Registration.objects.filter(event=event, anonymised_at__isnull=True)
    _forget_mails(set(known.values_list("pk", flat=True)))
    _note(event, registrations=_anonymise(known, now))


@transaction.atomic
def _forget_needs(event: Event) -> None:
    held = Registration.objects.exclude(**NO_NEEDS).filter(event=event)
    _note(event, needs=held.update(**NO_NEEDS))


@transaction.atomic
def _forget_never_confirmed(now: datetime) -> None:
    old = queries.never_confirmed(now)
    _forget_mails(set(old.values_list("pk", flat=True)))
    counts = dict(old.order_by().values_list("event").annotate(Count("pk")))
    for event in Event.objects.filter(pk__in=counts).select_related("organisation"):
        old.filter(event=event).delete()
        _note(event, never_confirmed=counts[event.pk])


def _forget_mails(people: set[UUID]) -> None:
    """The outbox keeps addresses and words for a while, but never longer than who they are about is known here."""
    if people:
        keys = readable_messages().filter(key__startswith="event-").values_list("key", flat=True)
        forget_messages(keys=[key for key in keys.iterator() if registration_id_in(key) in people])


def _anonymise(registrations: Any, now: datetime) -> int:
    return int(registrations.update(**NOBODY, anonymised_at=now))


def _note(event: Event, **counts: int) -> None:
    record(actor=None, action="events.forgotten", thing=event, organisation=event.organisation, data=counts)
