"""Ways into the calendars people use: plain links, nothing is loaded and nobody learns of it before they are followed."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from .addresses import page_of
from .ical import days_of
from .places import place

if TYPE_CHECKING:
    from .models import Event

GOOGLE = "https://calendar.google.com/calendar/render"
DAY = timedelta(days=1)


def google_link(event: Event) -> str:
    """A new entry in Google's calendar, filled with what everybody may know. Empty without time and day."""
    if not (dates := _dates(event)):
        return ""
    values = {
        "action": "TEMPLATE", "text": event.title, "dates": dates, "location": place(event), "details": page_of(event),
    }  # fmt: skip
    return f"{GOOGLE}?{urlencode(values)}"


def subscribe_link(address: str) -> str:
    """The address of a feed, from its path, as Apple's and Microsoft's programs subscribe to it."""
    return f"webcal://{urlsplit(settings.ANDOCK_BASE_URL).netloc}{address}"


def _dates(event: Event) -> str:
    if event.starts_at and event.end:
        return "/".join(f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (event.starts_at, event.end))
    days = days_of(event)
    return f"{days[0]:%Y%m%d}/{days[1] + DAY:%Y%m%d}" if days else ""
