"""Events from a file: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.region_folder import Problem, Refused

from .. import rules
from ..choices import EventState
from ..documents import renew_event
from ..models import Allotment, Event, Reminder, Series
from .drafts import free_slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

    from andock.accounts.models import User
    from andock.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event of a file, checked but not saved; ``line`` says where it stands there."""

    line: int
    event: Event
    series: dict[str, Any] | None = None
    partners: Sequence[Organisation] = ()
    terms: Sequence[Any] = ()
    elements: Sequence[UUID] = ()
    seats: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    reminders: Sequence[int] = ()
    rows: dict[str, list[Model]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: events to write, and the titles of those that are left as they are, with the reason."""

    found: list[Incoming] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)


@public_transaction()
def import_events(
    *, actor: User, organisation: Organisation, name: str, found: Sequence[Incoming], now: datetime
) -> list[Event]:
    """Write the events of a file. What is here already is never changed: that is done on its own page.

    Raises ``Denied``, or ``Refused`` with every problem; nothing is written then.
    """
    rules.may_keep_events(actor, organisation).demand()
    if problems := _already_here(name, found):
        raise Refused(problems)
    for incoming in found:
        _write(name, incoming, now)
    record(
        actor=actor, action="events.imported", thing=organisation, organisation=organisation,
        data={"number": len(found)},
    )  # fmt: skip
    bump("events")
    for incoming in found:
        renew_event(incoming.event)
    return [incoming.event for incoming in found]


def _already_here(name: str, found: Sequence[Incoming]) -> list[Problem]:
    slugs = set(Event.objects.values_list("slug", flat=True))
    ids = set(Event.objects.values_list("pk", flat=True))
    problems = []
    for incoming in found:
        event = incoming.event
        if event.slug in slugs or event.pk in ids:
            column = "slug" if event.slug in slugs else "id"
            sentence = _("This event is here already, or twice in the file. Change it on its own page.")
            problems.append(Problem(name, incoming.line, column, sentence))
        slugs |= {event.slug} - {""}
        ids.add(event.pk)
    return problems


def _write(name: str, incoming: Incoming, now: datetime) -> None:
    event = incoming.event
    event.slug = event.slug or free_slug(event.title)
    event.series = _series(name, incoming)
    event.changed_at = now
    event.published_at = now if event.state != EventState.DRAFT else None
    event.save(force_insert=True)
    event.partners.set(incoming.partners)
    event.terms.set(incoming.terms)
    event.elements.set(incoming.elements)
    Allotment.objects.bulk_create(
        Allotment(event=event, attendance=way, capacity=capacity, reserved=reserved)
        for way, (capacity, reserved) in incoming.seats.items()
    )
    Reminder.objects.bulk_create(Reminder(event=event, hours_before=hours) for hours in incoming.reminders)
    for rows in incoming.rows.values():
        for row in rows:
            row.event = event  # type: ignore[attr-defined]
            row.save()


def _series(name: str, incoming: Incoming) -> Series | None:
    """The series the file names; one that is here already must read the same. Raises ``Refused``."""
    wanted, organisation = incoming.series, incoming.event.organisation
    if wanted is None:
        return None
    found, _made = Series.objects.get_or_create(slug=wanted["slug"], defaults=wanted | {"organisation": organisation})
    if found.organisation_id != organisation.pk or any(getattr(found, key) != value for key, value in wanted.items()):
        sentence = _("This series is here already with other words. Change it on its own page.")
        raise Refused([Problem(name, incoming.line, "series", sentence)])
    return found
