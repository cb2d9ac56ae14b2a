"""What organisers do at their desk, as the pages send it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from andock.events import sections
from andock.events.forms.event import SECTIONS
from andock.events.models import Event
from tests.accounts.cast import Cast

DESK = "/verwaltung/olpe/veranstaltungen/"
EVENING = {"title": "Offene Daten", "pattern": "evening", "day": "2126-06-01", "time": "18:00", "end_time": "20:00"}
PLACE = {"venue": "Rathaus", "town": "Olpe"}


@pytest.fixture(autouse=True)
def demo(settings, tmp_path) -> None:
    """No second factor is asked for; what is uploaded goes to a folder of this test."""
    settings.ANDOCK_DEMO = True
    settings.MEDIA_ROOT = tmp_path


def client(cast: Cast, who: str = "olpe_editor") -> Client:
    found = Client()
    found.force_login(getattr(cast, who))
    return found


def page_of(event: Event, path: str = "") -> str:
    return f"{DESK}{event.slug}/{path}"


def typed(event: Event, section: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a section: everything as loaded, with some fields changed."""
    saved = Event.objects.get(pk=event.pk)
    form = SECTIONS[section](event=saved, loaded=sections.read(saved, section))
    values = {field.html_name: field.value() for field in form}
    found = {name: value for name, value in values.items() if value is not None and value is not False} | changes
    return {name: value for name, value in found.items() if value is not None}


def draft(cast: Cast, **values: Any) -> Event:
    """A new evening of Olpe, begun at the desk."""
    answer = client(cast).post(f"{DESK}neu/", EVENING | values)
    assert answer.status_code == 302, answer.content.decode()
    return Event.objects.latest("changed_at")


def complete(cast: Cast, **values: Any) -> Event:
    """… with all it needs to be published."""
    made = draft(cast, **values)
    Event.objects.filter(pk=made.pk).update(**PLACE, contact_email="smart@olpe.example")
    made.refresh_from_db()
    return made


def published(cast: Cast, **values: Any) -> Event:
    made = complete(cast, **values)
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302
    made.refresh_from_db()
    return made
