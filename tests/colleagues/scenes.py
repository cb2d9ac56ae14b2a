"""Soest asks Olpe about a card of Olpe, as the pages send it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.test import Client

from andock.colleagues.models import Enquiry
from tests.factories.knowledge import solution

if TYPE_CHECKING:
    from django.http import HttpResponse

    from andock.knowledge.models import Solution
    from tests.accounts.cast import Cast


def client(cast: Cast, who: str) -> Client:
    found = Client()
    found.force_login(getattr(cast, who))
    return found


def card(cast: Cast, **values: Any) -> Solution:
    return solution(cast.olpe, **{"slug": "sensoren", "title": "Bodenfeuchte"} | values)


def ask(cast: Cast, who: str = "soest_releaser", slug: str = "sensoren", **typed: Any) -> HttpResponse:
    values = {"text": "Was kostet der Betrieb?", "key": str(uuid4())} | typed
    return client(cast, who).post(f"/verwaltung/frage/{slug}/", values)


def asked(cast: Cast) -> Enquiry:
    """A question of Soest that waits for Olpe."""
    card(cast)
    answer = ask(cast)
    assert answer.status_code == 302, answer.content.decode()
    return Enquiry.objects.get()


def page_of(enquiry: Enquiry, town: str = "olpe", act: str = "") -> str:
    return f"/verwaltung/{town}/anfragen/{enquiry.pk}/{act}"


def write(
    cast: Cast, enquiry: Enquiry, text: str, who: str = "olpe_editor", town: str = "olpe", *, key: str = ""
) -> HttpResponse:
    return client(cast, who).post(page_of(enquiry, town), {"text": text, "key": key or str(uuid4())})
