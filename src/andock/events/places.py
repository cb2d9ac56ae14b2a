"""Where an event takes place, in full, as mails and calendars need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .choices import Format

if TYPE_CHECKING:
    from .models import Event


def place(event: Event) -> str:
    """The address of the room, “Online”, or both; without the link to the online room."""
    room = address(event)
    online = pgettext("event", "Online") if event.format in {Format.ONLINE, Format.HYBRID} else ""
    return _("%(place)s and online") % {"place": room} if room and online else room or online


def address(event: Event) -> str:
    """Where people meet; empty where they don't."""
    return ", ".join(filter(None, [event.venue, event.street, f"{event.postal_code} {event.town}".strip()]))
