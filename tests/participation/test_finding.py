"""The link to one's own page, asked for again with the address one took part with."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from andock.notifications.models import Message
from andock.participation.addresses import link_to_mine
from andock.participation.models import Participant
from andock.participation.services import people
from tests.accounts.cast import Cast
from tests.factories.participation import participant, process, said

pytestmark = pytest.mark.django_db
FIND = "/beteiligung/meine-beitraege/"


def test_whoever_took_part_gets_the_link_to_what_they_sent(cast: Cast) -> None:
    said(process(cast.olpe), by=participant("Ada"), text="Mehr Bänke.")

    answer = Client().post(FIND, {"email": " ADA@example.org "}, follow=True)

    assert "ist der Link unterwegs" in answer.content.decode()
    mail = Message.objects.get(to="ada@example.org")
    link = re.search(r"/beteiligung/ich/\S+", mail.text)[0]
    assert "Mehr Bänke." in Client().get(link).content.decode()


def test_nobody_learns_who_took_part(cast: Cast) -> None:
    participant("Ada")

    known, unknown = (
        Client().post(FIND, {"email": email}, follow=True) for email in ("ada@example.org", "bela@example.org")
    )

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert [one.to for one in Message.objects.all()] == ["ada@example.org"]
    assert Participant.objects.count() == 1, "and asking makes nobody known"


def test_asked_again_and_again_it_is_one_mail_and_never_more_than_a_days_worth(cast: Cast, monkeypatch) -> None:
    participant("Ada")
    now = timezone.now()

    for _ in range(3):
        people.ask_for_own_page(email="ada@example.org", now=now)
    assert Message.objects.count() == 1

    monkeypatch.setattr(people, "MAILS_A_DAY", 1)
    people.ask_for_own_page(email="ada@example.org", now=now + people.A_DAY / 2)
    assert Message.objects.count() == 1


def test_machine_that_fills_in_what_people_do_not_see_sends_nothing(cast: Cast) -> None:
    participant("Ada")

    Client().post(FIND, {"email": "ada@example.org", "website": "x"})

    assert not Message.objects.exists()


@pytest.mark.parametrize("email", ["", "ada", "ada@example.org\nBcc: x@example.org"])
def test_address_that_is_none_comes_again_with_what_to_do(email: str, cast: Cast) -> None:
    answer = Client().post(FIND, {"email": email})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_public_pages_and_dead_links_lead_there(cast: Cast) -> None:
    made = process(cast.olpe, starts=timezone.now())

    for address in ("/beteiligung/", f"/beteiligung/{made.slug}/", "/beteiligung/ich/x/"):
        assert f'href="{FIND}"' in Client().get(address).content.decode(), address


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_name_that_cannot_be_taken_is_said(cast: Cast, name: str) -> None:
    ada = participant("Ada")
    said(process(cast.olpe), by=ada)

    answer = Client().post(f"{urlsplit(link_to_mine(ada)).path}name/", {"pseudonym": name})

    assert answer.status_code == 422
    assert 'class="errs"' in answer.content.decode()
    ada.refresh_from_db()
    assert ada.pseudonym == "Ada"
