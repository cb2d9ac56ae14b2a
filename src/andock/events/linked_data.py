"""An event as search engines and calendars of others read it (schema.org Event)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .choices import WITHOUT_REGISTRATION, EventState, Format
from .dating import precision_of, when

if TYPE_CHECKING:
    from .models import Event

SCHEMA = "https://schema.org"
MODES = {
    Format.ON_SITE: "OfflineEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
}


def linked_data(event: Event, address: str) -> dict[str, Any] | None:
    """None for what nobody can attend or whose day is not known. The link to the online room is never part of it."""
    if event.kind in WITHOUT_REGISTRATION or precision_of(event) != "day":
        return None
    values = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": event.title,
        "description": event.summary or event.text,
        "inLanguage": "de",
        "startDate": when(event).machine,
        "endDate": _end(event),
        "eventStatus": f"{SCHEMA}/{_status(event)}",
        "eventAttendanceMode": f"{SCHEMA}/{MODES[Format(event.format)]}" if event.format in MODES else "",
        "location": _locations(event, address),
        "organizer": {"@type": "Organization", "name": event.host or event.organisation.name},
    }
    return {name: value for name, value in values.items() if value}


def _end(event: Event) -> str:
    return event.ends_at.isoformat(timespec="minutes") if event.ends_at else event.end_text


def _status(event: Event) -> str:
    if event.state == EventState.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if event.postponed_from else "EventScheduled"


def _locations(event: Event, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.format in {Format.ON_SITE, Format.HYBRID} and (event.venue or event.street or event.town):
        found.append({"@type": "Place", "name": event.venue or event.street or event.town, "address": _address(event)})
    if event.format in {Format.ONLINE, Format.HYBRID}:
        found.append({"@type": "VirtualLocation", "url": address})
    return found


def _address(event: Event) -> dict[str, str]:
    parts = {"streetAddress": event.street, "postalCode": event.postal_code, "addressLocality": event.town}
    return {"@type": "PostalAddress"} | {name: value for name, value in parts.items() if value}
