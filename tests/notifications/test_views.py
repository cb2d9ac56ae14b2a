"""The post office of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from andock.notifications.models import Message
from andock.notifications.services import Sender, send_message

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(settings: SettingsWrapper) -> Message:
    settings.ANDOCK_DEMO = True
    text = "Guten Tag <b>Anna</b>,\nbitte hier weiter: http://127.0.0.1:8000/konto/einladung/abc/?a=1&b=2.\njavascript:alert(1)"
    return send_message(to="anna@olpe.example", subject="Einladung <script>", text=text, key="invitation:1")


def test_mails_are_listed_with_a_link_to_each(client: Client, message: Message) -> None:
    page = client.get("/demo/post/").content.decode()

    assert "Einladung &lt;script&gt;" in page
    assert f'href="/demo/post/{message.pk}/"' in page


def test_mail_shows_its_text_escaped_and_its_address_as_a_link(client: Client, message: Message) -> None:
    page = client.get(f"/demo/post/{message.pk}/").content.decode()

    assert '<a href="http://127.0.0.1:8000/konto/einladung/abc/?a=1&amp;b=2">' in page
    assert "&lt;b&gt;Anna&lt;/b&gt;" in page
    assert 'href="javascript' not in page


def test_mail_says_who_writes_and_offers_its_calendar_entry(client: Client, settings: SettingsWrapper) -> None:
    settings.ANDOCK_DEMO = True
    calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    sender = Sender("Stadt Olpe", reply_to="info@olpe.example")
    mail = send_message(to="anna@olpe.example", subject="x", text="x", key="k", sender=sender, calendar=calendar)

    page = client.get(f"/demo/post/{mail.pk}/").content.decode()

    assert "Stadt Olpe &lt;" in page
    assert "info@olpe.example" in page
    assert client.get(f"/demo/post/{mail.pk}/termin.ics").content.decode() == calendar
    assert f"/demo/post/{mail.pk}/termin.ics" in page


def test_mail_without_calendar_entry_offers_none(client: Client, message: Message) -> None:
    assert client.get(f"/demo/post/{message.pk}/termin.ics").status_code == 404


def test_post_office_without_mails_says_what_to_do(client: Client, settings: SettingsWrapper) -> None:
    settings.ANDOCK_DEMO = True

    assert "Noch wurde keine Mail geschrieben." in client.get("/demo/post/").content.decode()


def test_mails_are_kept_in_no_cache(client: Client, message: Message) -> None:
    assert "no-store" in client.get(f"/demo/post/{message.pk}/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/demo/post/", "/demo/post/{pk}/", "/en/demo/post/"])
def test_outside_demo_mode_there_is_no_post_office(
    client: Client, message: Message, settings: SettingsWrapper, address: str
) -> None:
    assert client.get(address.format(pk=message.pk)).status_code == 200

    settings.ANDOCK_DEMO = False

    assert client.get(address.format(pk=message.pk)).status_code == 404


def test_post_office_can_only_be_read(client: Client, message: Message) -> None:
    assert client.post("/demo/post/").status_code == 405
    assert client.get("/demo/post/999/").status_code == 404
