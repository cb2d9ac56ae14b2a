"""An event in sections, as plain values that people write and that can be compared. The services save what is put here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.forms.utils import from_current_timezone
from django.utils import timezone

from andock.organisations.queries import organisations, term_keys
from andock.strategy.queries import public_editions

from .choices import ATTENDANCES, Format
from .models import Event, Reminder, Series
from .queries import allotments_of
from .timing import read_timing, timing_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = {
    "what": ("title", "kind", "summary", "text", "host", "contact_office", "contact_email", "source", "verified", "note"),
    "when": (),
    "where": (
        "format", "venue", "street", "postal_code", "town", "step_free", "sign_language", "access_note", "online_url",
    ),
    "about": ("without_technology",),
    "registration": (
        "door", "door_url", "needs_approval", "has_waiting_list", "offer_hours", "seats_each", "asks_access",
        "asks_catering", "is_recorded", "keep_days",
    ),
}  # fmt: skip
"""The columns of an event that stand in a section as they are."""
MOMENTS = ("opens_at", "closes_at")


def read(event: Event, section: str) -> dict[str, Any]:
    """The section as it is saved."""
    found = {name: getattr(event, name) for name in COLUMNS[section]}
    return found | {"what": _what, "when": _when, "where": _where, "about": _about, "registration": _registration}[
        section
    ](event)


def put(event: Event, section: str, values: Mapping[str, Any]) -> None:
    """Write the columns of the section into the event, not saved yet. Raises ``WrongDate``."""
    for name in COLUMNS[section]:
        setattr(event, name, values[name])
    if section == "when":
        read_timing(values).put(event)
    if section == "where":
        event.municipality = _organisation(values["municipality"])
    if section == "about":
        event.series = Series.objects.filter(organisation=event.organisation_id, slug=values["series"]).first()
        event.edition = public_editions().filter(ordinal=values["edition"]).first() if values["edition"] else None
    if section == "registration":
        for name in MOMENTS:
            setattr(event, name, _moment(values[name]))


def put_links(event: Event, section: str, values: Mapping[str, Any]) -> None:
    """Write what of the section stands in other tables; the event is saved."""
    if section == "what":
        event.partners.set(organisations().filter(slug__in=values["partners"]))
    if section == "about":
        event.terms.set([term for key, term in term_keys().items() if key in values["terms"]])
        event.elements.set(values["elements"])
    if section == "registration":
        _put_reminders(event, {int(hours) for hours in values["reminders"]})


def seats_of(event: Event) -> dict[str, int | None]:
    """How many seats there are, and how many of them are reserved, by way to attend."""
    found: dict[str, int | None] = {}
    for allotment in allotments_of(event):
        found[f"{allotment.attendance}_seats"] = allotment.capacity
        found[f"{allotment.attendance}_reserved"] = allotment.reserved
    return found


def _what(event: Event) -> dict[str, Any]:
    return {"partners": sorted(partner.slug for partner in event.partners.all())}


def _when(event: Event) -> dict[str, Any]:
    return dict(typed(timing_of(event)))


def _where(event: Event) -> dict[str, Any]:
    return {"municipality": event.municipality.slug if event.municipality else ""}


def _about(event: Event) -> dict[str, Any]:
    return {
        "terms": sorted(term.key for term in event.terms.all()),
        "elements": sorted(str(element.pk) for element in event.elements.all()),
        "edition": str(event.edition.ordinal) if event.edition else "",
        "series": event.series.slug if event.series else "",
    }


def _registration(event: Event) -> dict[str, Any]:
    moments = {name: written(getattr(event, name)) for name in MOMENTS}
    return moments | seats_of(event) | {"reminders": sorted(str(row.hours_before) for row in event.reminders.all())}


def _organisation(slug: str) -> Any:
    return organisations().filter(slug=slug).first() if slug else None


def written(moment: datetime | None) -> str | None:
    """A moment as its field holds it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else None


def _moment(text: str | None) -> datetime | None:
    return from_current_timezone(datetime.fromisoformat(text)) if text else None


def _put_reminders(event: Event, wanted: set[int]) -> None:
    event.reminders.exclude(hours_before__in=wanted).delete()
    there = set(event.reminders.values_list("hours_before", flat=True))
    Reminder.objects.bulk_create(Reminder(event=event, hours_before=hours) for hours in sorted(wanted - there))


def ways_of(event: Event) -> tuple[str, ...]:
    """The ways to attend that the event's format offers."""
    return tuple(ATTENDANCES[Format(event.format)])
