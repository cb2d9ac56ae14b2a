"""How an event begins, from a pattern or as a copy, and how a draft goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.kernel.pagecache.versions import public_transaction

from .. import rules
from ..addresses import short_name
from ..choices import Door
from ..models import Allotment, Document, Event, Reminder
from ..patterns import PATTERNS
from ..publication import contradictions
from ..sections import COLUMNS, ways_of
from ..timing import Timing
from .desk import Unfit, leave_trace, locked
from .parts import forget_file

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.organisations.models import Organisation

COPIED = (
    *(name for names in COLUMNS.values() for name in names if name not in {"title", "online_url"}),
    "municipality_id", "series_id", "edition_id",
)  # fmt: skip
COPIED_ROWS = {
    "questions": ("position", "kind", "label", "help", "options", "is_required"),
    "programme": ("position", "at", "title", "speakers", "text"),
    "reminders": ("hours_before",),
}
LINKS = ("partners", "terms", "elements")


@public_transaction()
def begin(*, actor: User, organisation: Organisation, pattern: str, title: str, when: Timing) -> Event:
    """A draft with what usually belongs to an event of this kind. Raises ``Denied`` or ``Unfit``."""
    rules.may_keep_events(actor, organisation).demand()
    chosen = PATTERNS[pattern]
    event = _new(organisation, title, when, dict(chosen.columns))
    Allotment.objects.bulk_create(
        Allotment(event=event, attendance=way, capacity=chosen.seats.get(way)) for way in ways_of(event)
    )
    Reminder.objects.bulk_create(Reminder(event=event, hours_before=hours) for hours in chosen.reminders)
    leave_trace(actor, "written", event, pattern=pattern)
    return event


@public_transaction()
def copy(*, actor: User, source: Event, title: str, when: Timing) -> Event:
    """A draft like an event of one's own, with another date; without files and the link to its online room.

    Raises ``Denied`` or ``Unfit``.
    """
    rules.may_keep_events(actor, source.organisation).demand()
    columns = {name: getattr(source, name) for name in COPIED}
    event = _new(source.organisation, title, when, columns | _moved_deadlines(source, when))
    for name in LINKS:
        getattr(event, name).set(getattr(source, name).all())
    _copy_rows(source, event)
    leave_trace(actor, "written", event, copy_of=source.slug)
    return event


@public_transaction()
def delete(*, actor: User, event: Event) -> None:
    """Delete a draft for good. Raises ``Denied`` or ``Unfit``."""
    event = locked(event)
    rules.may_delete_event(actor, event).demand()
    for document in event.documents.all():
        forget_file(document)
    leave_trace(actor, "deleted", event)
    event.delete()


def _new(organisation: Organisation, title: str, when: Timing, columns: dict[str, Any]) -> Event:
    event = Event(organisation=organisation, title=title, slug=free_slug(title), **columns)
    when.put(event)
    if event.starts_at is None and event.door == Door.HERE:
        event.door = Door.NONE
    if wrong := list(contradictions(event)):
        raise Unfit(wrong)
    event.save(force_insert=True)
    return event


def free_slug(title: str) -> str:
    """The address of a new event."""
    first = short_name(title, ())
    return short_name(title, set(Event.objects.filter(slug__startswith=first).values_list("slug", flat=True)))


def _moved_deadlines(source: Event, when: Timing) -> dict[str, Any]:
    """Registration opens and closes as long before the new beginning as before the old one."""
    found: dict[str, Any] = {"opens_at": None, "closes_at": None}
    if source.starts_at is None or when.starts_at is None:
        return found
    shift = when.starts_at - source.starts_at
    return {name: moment + shift if (moment := getattr(source, name)) else None for name in found}


def _copy_rows(source: Event, event: Event) -> None:
    ways = ways_of(event)
    Allotment.objects.bulk_create(
        Allotment(event=event, attendance=row.attendance, capacity=row.capacity, reserved=row.reserved)
        for row in source.allotments.all()
        if row.attendance in ways
    )
    for name, fields in COPIED_ROWS.items():
        for row in getattr(source, name).all():
            getattr(event, name).create(**{field: getattr(row, field) for field in fields})
    links = Document.objects.filter(event=source, file="")
    Document.objects.bulk_create(Document(event=event, kind=row.kind, title=row.title, url=row.url) for row in links)
