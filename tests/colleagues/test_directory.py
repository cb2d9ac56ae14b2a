"""The directory of offices: people who work somewhere here find whom to ask; each organisation keeps its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from andock.accounts.models import Membership
from andock.audit.models import Entry
from andock.colleagues.mailboxes import looks_personal
from andock.colleagues.models import Office
from andock.organisations.models import Municipality, Organisation, Profile, Succession, Term
from tests.accounts.cast import Cast
from tests.factories.organisations import municipality

from .scenes import client

pytestmark = pytest.mark.django_db
DIRECTORY = "/verwaltung/verzeichnis/"
OFFICES = "/verwaltung/olpe/aemter/"
TYPED = {"name": "Stabsstelle Digitales", "email": "smart@olpe.example", "phone": "02761 83", "asks": "Funknetze"}


def add(cast: Cast, who: str = "olpe_editor", **typed: Any) -> Any:
    return client(cast, who).post(f"{OFFICES}neu/", TYPED | typed)


def shown(cast: Cast, query: str = "", who: str = "soest_releaser") -> str:
    answer = client(cast, who).get(f"{DIRECTORY}{query}")
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


# --- keeping ----------------------------------------------------------------------------------------------------------
def test_office_stands_in_the_directory(cast: Cast) -> None:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})

    assert add(cast, terms=["topics/klima"]).status_code == 302

    page = shown(cast)
    for words in ("Stabsstelle Digitales", "mailto:smart@olpe.example", "02761 83", "Funknetze", "?thema=klima"):
        assert words in page
    assert Entry.objects.latest("pk").action == "colleagues.office_written"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Diese Angabe fehlt noch"),
        ({"email": "", "phone": ""}, "Bitte nennen Sie ein Postfach"),
        ({"email": "rathaus"}, "sieht nicht nach"),
        ({"asks": "x" * 2001}, "Höchstens 2000 Zeichen"),
        ({"email": "ada.lovelace@olpe.example"}, "nach dem Postfach einer Person"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_typed_is_lost(cast: Cast, typed: dict, sentence: str) -> None:
    answer = add(cast, **{"asks": "Meine Worte"} | typed)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert typed.get("asks", "Meine Worte") in answer.content.decode()
    assert not Office.objects.exists()


def test_mailbox_that_looks_personal_is_taken_when_somebody_says_it_is_not(cast: Cast) -> None:
    refused = add(cast, email="smart.city@olpe.example")

    assert 'name="is_role_mailbox"' in refused.content.decode()
    assert add(cast, email="smart.city@olpe.example", is_role_mailbox="on").status_code == 302
    assert Office.objects.get().email == "smart.city@olpe.example"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("ada.lovelace@olpe.example", True),
        ("a.lovelace@olpe.example", True),
        ("ada_lovelace@olpe.example", True),
        ("jörg.müller-lüdenscheidt@olpe.example", True),
        ("digitales@olpe.example", False),
        ("smart-city@olpe.example", False),
        ("amt.60@olpe.example", False),
        ("", False),
    ],
)
def test_guess_about_a_mailbox(address: str, answer: bool) -> None:
    assert looks_personal(address) is answer


def test_two_people_who_change_an_office_at_once_both_keep_their_words(cast: Cast) -> None:
    add(cast)
    office = Office.objects.get()
    page = f"{OFFICES}{office.pk}/"
    typed = TYPED | {"seen": office.changed_at.isoformat()}
    client(cast, "olpe_releaser").post(page, typed | {"asks": "Zuerst gespeichert"})

    answer = client(cast, "olpe_editor").post(page, typed | {"asks": "Zur selben Zeit"})

    assert answer.status_code == 409
    assert "Zuerst gespeichert" in answer.content.decode()
    assert "Zur selben Zeit" in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    assert client(cast, "olpe_editor").post(page, typed | {"asks": "Beides", "seen": again}).status_code == 302
    assert Office.objects.get().asks == "Beides"


def test_second_office_of_the_same_name_is_refused(cast: Cast) -> None:
    add(cast)

    assert "gibt es schon" in add(cast).content.decode()
    assert Office.objects.count() == 1


def test_office_is_removed(cast: Cast) -> None:
    add(cast)

    assert client(cast, "olpe_editor").post(f"{OFFICES}{Office.objects.get().pk}/entfernen/").status_code == 302
    assert not Office.objects.exists()
    assert Entry.objects.latest("pk").action == "colleagues.office_removed"


def test_office_of_another_town_cannot_be_reached_from_ones_own_desk(cast: Cast) -> None:
    add(cast)
    here = f"/verwaltung/soest/aemter/{Office.objects.get().pk}/"

    assert client(cast, "soest_releaser").get(here).status_code == 404
    assert client(cast, "soest_releaser").post(f"{here}entfernen/").status_code == 404


# --- reading ----------------------------------------------------------------------------------------------------------
def test_only_people_with_a_role_today_see_it(cast: Cast) -> None:
    Membership.objects.filter(user=cast.olpe_moderator).update(until=date(2020, 2, 1))

    seen = {who: client(cast, who).get(DIRECTORY).status_code for who in ("olpe_reader", "olpe_moderator", "resident")}

    assert seen == {"olpe_reader": 200, "olpe_moderator": 403, "resident": 403}
    assert Client().get(DIRECTORY).status_code == 302


def test_profile_speaks_where_no_office_is_kept(cast: Cast) -> None:
    Profile.objects.create(organisation=cast.olpe, contact_office="Bürgerbüro", contact_email="info@olpe.example")

    before = shown(cast)
    add(cast)

    assert "Bürgerbüro" in before
    assert "Aus dem öffentlichen Profil" in before
    assert "Bürgerbüro" not in shown(cast)


def test_every_town_of_today_and_the_agency_are_named(cast: Cast) -> None:
    Profile.objects.create(organisation=cast.agency, contact_email="post@agentur.example")
    town, gone = municipality("Wenden", "05966028"), municipality("Altenhof", "05966099")
    Succession.objects.create(
        predecessor=gone.organisation, successor=town.organisation, kind="absorbed", date_text="2020-01-01",
        effective_on=date(2020, 1, 1),
    )  # fmt: skip

    page = shown(cast).partition("</form>")[2]

    assert page.index("post@agentur.example") < page.index("Wenden")
    assert "/kommunen/wenden/" in page
    assert "Altenhof" not in page
    assert "/kommunen/soest/" not in page  # no municipality of the register, and names no office


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?wort=FUNKNETZE", ["Stabsstelle"]),
        ("?wort=übung", ["Übungsamt"]),
        ("?wort=ÜBUNG", ["Übungsamt"]),
        ("?wort=soest", ["Übungsamt"]),
        ("?thema=klima", ["Übungsamt"]),
        ("?ort=olpe", ["Stabsstelle"]),
        ("?ort=olpe&thema=klima", []),
        ("?wort=Quastenflosser", []),
        ("?ort=gibt-es-nicht", ["Stabsstelle", "Übungsamt"]),
    ],
)
def test_directory_is_narrowed(cast: Cast, query: str, found: list[str]) -> None:
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    add(cast)
    Office.objects.create(organisation=cast.soest, name="Übungsamt", phone="1").terms.add(topic)

    page = shown(cast, query).partition("</form>")[2]

    assert [name for name in ("Stabsstelle", "Übungsamt") if name in page] == found


def test_directory_takes_the_same_queries_for_one_office_and_for_many(cast: Cast) -> None:
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    soest = client(cast, "soest_releaser")
    counts = []
    for number in (1, 3):
        for index in range(number):
            town = Organisation.objects.create(slug=f"ort-{number}-{index}", name="Ort", kind="municipality")
            Profile.objects.create(organisation=town, contact_office="Rathaus").terms.add(topic)
            Office.objects.create(organisation=cast.olpe, name=f"Amt {number}-{index}", phone="1").terms.add(topic)
        with CaptureQueriesContext(connection) as queries:
            assert soest.get(DIRECTORY).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Municipality.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": ""}])
def test_database_refuses_an_office_that_cannot_be_reached(cast: Cast, wrong: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(**{"organisation": cast.olpe, "name": "Amt", "phone": "1"} | wrong)
