"""Telling mail addresses apart, links that only their owner has, and codes people can read out."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from andock.kernel import signed_ids
from andock.kernel.text import slugify

from .choices import RESERVED_SLUGS

if TYPE_CHECKING:
    from collections.abc import Collection

    from .models import Event, Registration

MESSAGE_KEY = re.compile(r"event-[a-z_]+-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-[\w-]+")
PURPOSE = "events.registration"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which people confuse."""


def short_name(title: str, taken: Collection[str]) -> str:
    """What stands in the address of an event or series of this title: never a reserved word, and not yet ``taken``."""
    plain = slugify(title)[:70].strip("-")
    base = f"termin-{plain}" if not plain or plain in RESERVED_SLUGS else plain
    name, number = base.strip("-"), 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def new_code() -> str:
    """Six signs for the list at the door; unique in an event by constraint."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(6))


def token_of(registration: Registration) -> str:
    """What a link to a registration carries."""
    return signed_ids.token(PURPOSE, registration.pk)


def registration_id_of(token: str) -> UUID | None:
    """The id in a token that we signed, else None."""
    return signed_ids.id_in(PURPOSE, token)


def link_to(registration: Registration) -> str:
    """The page on which somebody confirms, changes and cancels."""
    return settings.ANDOCK_BASE_URL + reverse("events:mine", args=[token_of(registration)])


def page_of(event: Event) -> str:
    """The event's public page."""
    return settings.ANDOCK_BASE_URL + reverse("events:event", args=[event.slug])


def message_key(registration: Registration, occasion: str, number: object = 0) -> str:
    """What a mail to somebody who registered is known by, without saying who that is."""
    return f"event-{occasion}-{registration.pk}-{number}"


def registration_id_in(key: str) -> UUID | None:
    """Whom a mail was written to, by its key; None for other mails."""
    found = MESSAGE_KEY.fullmatch(key)
    return UUID(found[1]) if found else None


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
