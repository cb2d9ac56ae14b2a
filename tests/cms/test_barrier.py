"""Reporting a barrier, without a script and without an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from andock.cms import services
from andock.cms.models import BarrierReport
from andock.cms.senders import sender_of
from andock.notifications.models import Message
from andock.organisations.models import Profile

pytestmark = pytest.mark.django_db
PATH = "/barriere-melden/"
TEXT = "Das Menü erreiche ich nicht mit der Tastatur."


def test_form_knows_the_page_people_come_from(client: Client, agency) -> None:
    assert 'value="/kommunen/olpe/"' in client.get(PATH, {"seite": "/kommunen/olpe/"}).content.decode()


def test_report_is_kept_and_mailed_to_the_agency(client: Client, agency) -> None:
    Profile.objects.create(organisation=agency, contact_email="post@agentur.example")

    answer = client.post(PATH, {"text": TEXT, "page": "/kommunen/", "email": "eva@example.org"}, follow=True)

    assert "Ihre Meldung ist angekommen" in answer.content.decode()
    report = BarrierReport.objects.get()
    assert (report.text, report.page, report.email) == (TEXT, "/kommunen/", "eva@example.org")
    message = Message.objects.get()
    assert message.to == "post@agentur.example"
    assert TEXT in message.text
    assert "eva@example.org" in message.text


def test_missing_text_and_bad_address_keep_what_was_typed(client: Client, agency) -> None:
    answer = client.post(PATH, {"text": "", "page": "/strategie/", "email": "eva@"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ein Satz genügt" in page
    assert "keine vollständige E-Mail-Adresse" in page
    assert 'value="/strategie/"' in page
    assert 'value="eva@"' in page
    assert not BarrierReport.objects.exists()


def test_robot_that_fills_the_bait_is_thanked_and_ignored(client: Client, agency) -> None:
    answer = client.post(PATH, {"text": TEXT, "nickname": "Bob"})

    assert answer.status_code == 302
    assert not BarrierReport.objects.exists()
    assert not Message.objects.exists()


def test_too_many_reports_from_one_place_are_refused_and_kept_in_the_form(client: Client, agency) -> None:
    for _number in range(services.PER_SENDER_AND_HOUR):
        client.post(PATH, {"text": TEXT})

    answer = client.post(PATH, {"text": "Noch etwas."})

    assert answer.status_code == 429
    assert "Noch etwas." in answer.content.decode()
    assert BarrierReport.objects.count() == services.PER_SENDER_AND_HOUR


def test_other_places_may_still_report(client: Client, agency) -> None:
    for _number in range(services.PER_SENDER_AND_HOUR):
        client.post(PATH, {"text": TEXT})

    assert client.post(PATH, {"text": TEXT}, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_network_address_is_not_kept(client: Client, agency) -> None:
    client.post(PATH, {"text": TEXT}, REMOTE_ADDR="192.0.2.7")

    assert "192.0.2.7" not in str(BarrierReport.objects.values().get())


def test_forwarded_address_counts_only_behind_trusted_proxies(rf) -> None:
    first = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1"})
    second = rf.get("/", headers={"X-Forwarded-For": "198.51.100.2"})

    assert sender_of(first) == sender_of(second)


def test_line_break_in_the_page_smuggles_no_header_in(client: Client, agency) -> None:
    client.post(PATH, {"text": TEXT, "page": "/a\r\nBcc: eva@example.org"})

    assert "\n" not in Message.objects.get().subject


def test_hostile_text_comes_back_as_text(client: Client, agency) -> None:
    page = client.post(PATH, {"text": "", "page": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


def test_form_without_token_is_refused(agency) -> None:
    assert Client(enforce_csrf_checks=True).post(PATH, {"text": TEXT}).status_code == 403


@pytest.mark.parametrize(("path", "word"), [("/en/barriere-melden/", "Report a barrier"), (PATH, "Barriere melden")])
def test_form_speaks_the_language_of_its_path(client: Client, agency, path: str, word: str) -> None:
    assert f"<h1>{word}</h1>" in client.get(path).content.decode()


def test_sender_is_forgotten_after_a_day_and_the_report_after_a_year(client: Client, agency) -> None:
    client.post(PATH, {"text": TEXT})
    written = BarrierReport.objects.get().created_at

    services.forget_reports(now=written + timedelta(hours=23))
    assert BarrierReport.objects.get().sender
    services.forget_reports(now=written + timedelta(days=364))
    assert not BarrierReport.objects.get().sender
    services.forget_reports(now=written + timedelta(days=366))
    assert not BarrierReport.objects.exists()
