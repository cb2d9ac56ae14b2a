"""What people do on the pages, in English: open the form, fill it in, follow the link in their mail."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from andock.events.addresses import token_of
from andock.events.form_key import BITS
from tests.factories import events

if TYPE_CHECKING:
    from django.http import HttpResponse

    from andock.events.models import Event, Registration
    from andock.organisations.models import Organisation

ADA = {"name": "Ada Lovelace", "email": "ada@example.org", "consent": "on"}
KEY = re.compile(r'name="key" value="([^"]+)"')


def coming(organisation: Organisation, **values: Any) -> Event:
    """An event in four weeks from now."""
    return events.event(organisation, **{"starts_at": timezone.now() + timedelta(weeks=4)} | values)


def form_of(event: Event) -> str:
    return f"/en/veranstaltungen/{event.slug}/anmelden/"


def send(event: Event, client: Client | None = None, **changed: Any) -> HttpResponse:
    """Fill in the form as Ada and send it; what is None is left out."""
    data = {name: value for name, value in (ADA | changed).items() if value is not None}
    return (client or Client()).post(form_of(event), data)


def key_in(page: HttpResponse) -> str:
    """The hidden key of the form on a page."""
    found = KEY.search(page.content.decode())
    assert found
    return found[1]


def work_for(key: str) -> str:
    """The number a browser finds while somebody types."""
    return next(str(number) for number in count() if _noughts(f"{key}:{number}") >= BITS)


def link_of(registration: Registration, rest: str = "") -> str:
    return f"/en/veranstaltungen/anmeldung/{token_of(registration)}/{rest}"


def text(page: HttpResponse) -> str:
    """What a page says, without its marks."""
    body = page.content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def _noughts(words: str) -> int:
    return 256 - int.from_bytes(hashlib.sha256(words.encode()).digest(), "big").bit_length()
