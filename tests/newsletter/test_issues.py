"""The newsletter: written, looked at, sent once to everybody who has ordered it, kept in the archive."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.audit.models import Entry
from andock.following.services import managing
from andock.kernel.jobs.worker import Worker
from andock.newsletter import services
from andock.newsletter.models import Issue
from andock.notifications.models import Message
from andock.organisations.models import Region
from tests.accounts.cast import Cast
from tests.following.people import follows, link_in, thing

pytestmark = pytest.mark.django_db
DESK = "/verwaltung/agentur/rundbrief/"


def now():
    return timezone.now()


def readers(*names: str) -> list:
    return [follows(thing("rundbrief"), email=f"{name}@example.org", now=now()) for name in names]


def issue(cast: Cast, **values: object) -> Issue:
    sections = [{"title": "Drei neue Karten", "text": "Olpe zeigt, was läuft.", "url": "/loesungen/"}]
    return Issue.objects.create(**{"organisation": cast.agency, "subject": "Herbst", "sections": sections} | values)


def written() -> Counter[str]:
    return Counter(Message.objects.filter(key__contains="-issue-").values_list("to", flat=True))


def client(cast: Cast, who: str = "coordinator") -> Client:
    found = Client()
    found.force_login(getattr(cast, who))
    return found


def typed(*sections: dict[str, str], subject: str = "Herbst", **more: str) -> dict[str, str]:
    """What a browser sends of the desk's form."""
    values = {"subject": subject, "abschnitt-TOTAL_FORMS": str(len(sections)), "abschnitt-INITIAL_FORMS": "0"} | more
    for number, section in enumerate(sections):
        values |= {f"abschnitt-{number}-{name}": section.get(name, "") for name in ("title", "text", "url")}
    return values


def test_editor_writes_looks_tests_and_sends(cast: Cast) -> None:
    readers("ada", "bea")
    browser = client(cast)
    begun = browser.post(f"{DESK}neu/", {"subject": "Herbst"})
    section = {"title": "Drei neue Karten", "text": "Olpe zeigt, was läuft.\n\nSoest auch.", "url": "/loesungen/"}
    saved = browser.post(begun.url, typed(section, {}, preview="1"))
    assert saved.url == f"{begun.url}vorschau/"
    page = browser.get(saved.url).content.decode()
    assert "<h2" in page
    assert "<p>Soest auch.</p>" in page

    browser.post(saved.url)
    test = Message.objects.get(to=cast.coordinator.email)
    assert test.subject == "Test: Herbst"
    assert "Weiterlesen:\nhttp" in test.text
    assert written() == {}
    assert Client().get("/rundbrief/1/").status_code == 404

    ask = browser.get(f"{begun.url}versand/").content.decode()
    assert "an 2 Personen" in ask
    done = browser.post(f"{begun.url}versand/", {"act": "send"}, follow=True).content.decode()
    assert "2 Personen" in done
    Worker().run_until_idle()

    assert written() == {"ada@example.org": 1, "bea@example.org": 1}
    assert "2 von 2 E-Mails" in browser.get(f"{begun.url}versand/").content.decode()
    assert Client().get("/rundbrief/1/").status_code == 200
    assert [entry.action for entry in Entry.objects.order_by("pk") if entry.action.startswith("newsletter")] == [
        "newsletter.written", "newsletter.written", "newsletter.sent",
    ]  # fmt: skip


def test_mail_says_how_to_end_it_in_the_readers_language(cast: Cast, mail_server, settings) -> None:
    settings.ANDOCK_DEMO = False
    follows(thing("rundbrief"), email="ada@example.org", language="en", now=now())
    services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    Worker().run_until_idle()

    mail = message_from_bytes(mail_server.taken[-1], policy=policy.default)
    assert mail["Subject"] == "Herbst"
    assert "/folgen/abbestellen/rundbrief/" in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Content-Language"] == "de", "the issue is written in German"
    text = mail.get_body(("plain",)).get_content()
    assert "Read this issue on the site" in text
    assert "To end it:" in text
    address = link_in(Message.objects.get(subject="Herbst"), "abbestellen")
    Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    Worker().run_until_idle()
    assert Message.objects.filter(key__contains="-issue-").count() == 1


def test_each_gets_it_once_though_it_is_stopped_resumed_and_steps_are_repeated(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(services, "STEP", 2)
    readers("ada", "bea", "cem", "dora", "eva")
    made = services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    assert services.write_some(issue_id=made.pk, now=now()) == 2

    services.stop(actor=cast.coordinator, issue=made)
    Worker().run_until_idle()
    assert sum(written().values()) == 2
    made.refresh_from_db()
    assert (made.state, made.written, made.recipients) == ("stopped", 2, 5)

    services.resume(actor=cast.coordinator, issue=made)
    services.write_some(issue_id=made.pk, now=now())
    Worker().run_until_idle()

    assert written() == dict.fromkeys([f"{name}@example.org" for name in ("ada", "bea", "cem", "dora", "eva")], 1)
    made.refresh_from_db()
    assert (made.state, made.written) == ("sent", 5)


def test_step_that_died_begins_where_it_began(cast: Cast, monkeypatch) -> None:
    readers("ada", "bea")
    made = services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    sent, real = [], services.send_mail

    def dies_at_the_second(follower, *rest, **more):
        real(follower, *rest, **more)
        sent.append(follower)
        if len(sent) == 2:
            raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(services, "send_mail", dies_at_the_second)
        with pytest.raises(RuntimeError):
            services.write_some(issue_id=made.pk, now=now())
    assert written() == {}

    Worker().run_until_idle()
    assert written() == {"ada@example.org": 1, "bea@example.org": 1}


def test_who_orders_later_pauses_or_leaves_gets_nothing(cast: Cast) -> None:
    ada, bea, _cem = readers("ada", "bea", "cem")
    managing.set_frequency(follower=ada, frequency="none", now=now())
    services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    managing.leave(follower=bea)
    follows(thing("rundbrief"), email="later@example.org", now=now() + timedelta(minutes=1))
    Worker().run_until_idle()

    assert written() == {"cem@example.org": 1}
    assert Issue.objects.get().state == "sent"


def test_pressed_twice_it_is_sent_once(cast: Cast) -> None:
    readers("ada")
    made = issue(cast)
    browser = client(cast)
    for _press in range(2):
        answer = browser.post(f"{DESK}{made.pk}/versand/", {"act": "send"}, follow=True)
    Worker().run_until_idle()

    assert "Niemand erhält sie zweimal" in answer.content.decode()
    assert written() == {"ada@example.org": 1}
    assert Issue.objects.get().number == 1


def test_what_was_sent_cannot_be_changed_or_deleted(cast: Cast) -> None:
    made = services.send(actor=cast.coordinator, issue=issue(cast), now=now())
    browser = client(cast)

    answer = browser.post(f"{DESK}{made.pk}/", typed({"text": "anders"}), follow=True)
    browser.post(f"{DESK}{made.pk}/loeschen/")

    assert "bleibt, wie sie ist" in answer.content.decode()
    assert Issue.objects.get().sections[0]["text"] == "Olpe zeigt, was läuft."


def test_empty_issue_is_not_sent(cast: Cast) -> None:
    made = issue(cast, sections=[])

    answer = client(cast).post(f"{DESK}{made.pk}/versand/", {"act": "send"}, follow=True)

    assert "steht noch nichts" in answer.content.decode()
    assert Issue.objects.get().state == "draft"


def test_draft_is_deleted_for_good(cast: Cast) -> None:
    made = issue(cast)

    assert client(cast).post(f"{DESK}{made.pk}/loeschen/").url == DESK

    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ({"text": "x", "url": "javascript:alert(1)"}, "keine Adresse"),
        ({"text": "x", "url": "//boese.example"}, "keine Adresse"),
        ({"text": "x", "url": "loesungen"}, "keine Adresse"),
        ({"title": "Nur ein Titel"}, "schreiben Sie auch den Text"),
    ],
)
def test_section_that_is_wrong_says_so_and_nothing_is_lost(cast: Cast, section: dict, sentence: str) -> None:
    made = issue(cast, sections=[])

    answer = client(cast).post(f"{DESK}{made.pk}/", typed({"text": "Bleibt"}, section))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Bleibt" in answer.content.decode()
    assert Issue.objects.get().sections == []


def test_header_line_cannot_be_smuggled_into_the_subject(cast: Cast) -> None:
    answer = client(cast).post(f"{DESK}neu/", {"subject": "Herbst\r\nBcc: alle@example.org"})

    assert answer.status_code == 302
    assert Issue.objects.get().subject == "Herbst Bcc: alle@example.org"


@pytest.mark.parametrize("who", ["olpe_releaser", "olpe_editor", "resident"])
@pytest.mark.parametrize("page", ["", "neu/", "{}/", "{}/vorschau/", "{}/versand/", "{}/loeschen/"])
def test_only_the_agency_comes_to_its_desk(cast: Cast, who: str, page: str) -> None:
    address = f"{DESK}{page.format(issue(cast).pk)}"

    assert client(cast, who).get(address).status_code == 403
    assert client(cast, who).post(address).status_code == 403
    assert client(cast).get(address).status_code == 200


def test_archive_shows_what_was_sent_with_the_regions_own_word(cast: Cast) -> None:
    Region.objects.update(labels={"de": {"newsletter": "Schülerzeitung"}})
    issue(cast, subject="Entwurf")
    services.send(actor=cast.coordinator, issue=issue(cast, subject="Frühling"), now=now())
    services.send(actor=cast.coordinator, issue=issue(cast, subject="Sommer"), now=now())

    page = Client().get("/rundbrief/").content.decode()

    assert "<h1>Schülerzeitung</h1>" in page
    assert page.index("Sommer") < page.index("Frühling")
    assert "Entwurf" not in page
    assert "Drei neue Karten" in Client().get("/rundbrief/1/").content.decode()
    assert "Schülerzeitung bestellen" in Client().get("/folgen/?was=rundbrief&id=").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_archive_asks_as_often_for_many_issues_as_for_one(cast: Cast, number: int) -> None:
    for count in range(number):
        services.send(actor=cast.coordinator, issue=issue(cast, subject=f"Nummer {count}"), now=now())

    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/rundbrief/").status_code == 200

    assert len(queries) == 4
