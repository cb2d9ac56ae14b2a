"""The pages of the frame, as people meet them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from andock.notifications.models import Message
from andock.organisations.models import Profile
from andock.participation.addresses import link_to_mine
from andock.participation.blueprints import proposed_beginning
from andock.participation.device import COOKIE
from andock.participation.models import Contribution, Process
from andock.participation.services import moderating, processes
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.participation import held, participant, phase, process, said

from .test_answering import answer
from .test_contributing import send

pytestmark = pytest.mark.django_db
SOON = timedelta(days=1)


def running(organisation, **values) -> Process:
    return process(organisation, starts=timezone.now() - SOON, **values)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_list_tells_what_runs_what_comes_and_what_is_over(cast: Cast) -> None:
    now = timezone.now()
    process(cast.olpe, title="Läuft gerade", starts=now - SOON)
    process(cast.olpe, title="Kommt noch", starts=now + SOON)
    process(cast.olpe, title="Ist vorbei", starts=now - timedelta(days=90))
    process(cast.olpe, title="Ein Entwurf", publication="draft")

    page = text_of(Client().get("/beteiligung/"))

    order = [page.index(title) for title in ("Läuft gerade", "Kommt noch", "Ist vorbei")]
    assert order == sorted(order)
    assert "Ein Entwurf" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(number):
        running(cast.olpe)
    client = Client()
    client.get("/beteiligung/")

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/beteiligung/")


LIST_QUERIES = 8


@pytest.mark.parametrize("number", [1, 3])
def test_process_and_result_take_the_same_queries_for_one_and_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = running(cast.olpe)
    now = timezone.now()
    for one in range(number):
        answer(cast, made, said(made, f"Idee {one}", now=now))
    client = Client()

    for address, queries in ((f"/beteiligung/{made.slug}/", 12), (f"/beteiligung/{made.slug}/ergebnis/", 13)):
        client.get(address)
        with django_assert_num_queries(queries):
            page = client.get(address)
        assert "Zwei Bänke kommen." in text_of(page)


def test_draft_is_a_page_for_its_own_people_only(cast: Cast) -> None:
    made = process(cast.olpe, publication="draft")
    olpe, soest = Client(), Client()
    olpe.force_login(cast.olpe_reader)
    soest.force_login(cast.soest_releaser)

    for address in (f"/beteiligung/{made.slug}/", f"/beteiligung/{made.slug}/ergebnis/"):
        assert Client().get(address).status_code == 404
        assert soest.get(address).status_code == 404
        assert olpe.get(address).status_code == 200


def test_link_in_the_mail_confirms_with_one_press_and_the_device_is_known(cast: Cast) -> None:
    made = running(cast.olpe)
    sent = send(phase(made), now=timezone.now())
    link = re.search(r"/beteiligung/bestaetigen/\S+", Message.objects.get().text)[0]
    client = Client()

    page = client.get(link)
    assert "Mehr Bänke." in text_of(page)
    assert Contribution.objects.get().state == "unconfirmed", "scanners of mails open links, too"

    done = client.post(link, follow=True)

    sent.refresh_from_db()
    assert sent.is_public
    assert COOKIE in client.cookies
    assert "Danke, es zählt" in text_of(done)
    assert done["Referrer-Policy"] == "same-origin"
    assert "noindex" in done["X-Robots-Tag"]
    assert client.post(link).status_code == 302, "pressed twice"


def mine(client: Client, name: str = "ada") -> str:
    mail = Message.objects.filter(to__istartswith=name).latest("pk")
    return re.search(r"/beteiligung/ich/[^/]+/", mail.text)[0]


@pytest.fixture
def hidden(cast: Cast) -> Contribution:
    found = said(running(cast.olpe), by=participant("Ada"), now=timezone.now())
    moderating.decide(
        actor=cast.olpe_moderator, contribution=found, verdict="hidden", reason="insult", text="Bitte sachlich.",
        now=timezone.now(),
    )  # fmt: skip
    return found


def test_author_reads_why_it_is_hidden_objects_takes_data_along_and_leaves(hidden: Contribution) -> None:
    client = Client()
    link = mine(client)
    page = text_of(client.get(link))
    assert "beleidigt oder bedroht" in page
    way = re.search(rf"{link}entscheidungen/\d+/widersprechen/", page)[0]

    assert client.post(way, {"text": ""}).status_code == 422
    assert client.post(way, {"text": "Das war sachlich."}).status_code == 302
    assert "Sie haben widersprochen" in text_of(client.get(link))

    assert client.get(f"{link}daten.json").json()["pseudonym"] == "Ada"
    client.post(f"{link}name/", {"pseudonym": "Ada L."})
    assert "Ada L." in text_of(client.get(link))

    assert client.post(f"{link}loeschen/", {}).status_code == 422
    assert "gelöscht" in text_of(client.post(f"{link}loeschen/", {"words": "keep"}, follow=True))
    assert client.get(link).status_code == 404


def test_contribution_is_taken_back_by_its_author_alone(cast: Cast, hidden: Contribution) -> None:
    other = said(running(cast.olpe), by=participant("Bea"), now=timezone.now())
    client = Client()
    link = mine(client)

    assert client.post(f"{link}beitraege/{other.pk}/zurueckziehen/").status_code == 404
    assert client.get(f"{link}beitraege/{hidden.pk}/zurueckziehen/").status_code == 200
    client.post(f"{link}beitraege/{hidden.pk}/zurueckziehen/")

    hidden.refresh_from_db()
    assert hidden.state == "withdrawn"


@pytest.mark.parametrize("token", ["x", "0" * 32, "a.b.c", "%00"])
def test_link_that_is_not_ours_leads_to_a_page_that_says_so(cast: Cast, token: str) -> None:
    for part in ("ich", "bestaetigen"):
        assert Client().get(f"/beteiligung/{part}/{token}/").status_code == 404


def test_asking_for_a_link_leads_on_to_where_somebody_was_and_nowhere_else(cast: Cast) -> None:
    made = running(cast.olpe)
    client = Client()
    way = f"/beteiligung/{made.slug}/link/"
    fields = {"email": "ada@example.org", "pseudonym": "Ada"}

    assert client.post(f"{way}?weiter=/beteiligung/{made.slug}/", {"email": "ada"}).status_code == 422
    told = client.post(f"{way}?weiter=/beteiligung/{made.slug}/", fields)
    assert told.url == f"/beteiligung/{made.slug}/danke/?stand=link"
    link = re.search(r"/beteiligung/ich/\S+", Message.objects.get().text)[0]
    assert client.post(link).url == f"/beteiligung/{made.slug}/"
    assert client.get(f"{way}?weiter=/beteiligung/").url == "/beteiligung/", "known now"

    Message.objects.all().delete()
    Client().post(f"{way}?weiter=https://evil.example/", fields)
    assert "evil" not in Message.objects.get().text
    assert (
        Client()
        .post(re.search(r"/beteiligung/ich/[^/]+/", link)[0] + "?weiter=//evil.example/")
        .url.startswith("/beteiligung/ich/")
    )


def test_trap_catches_machines_without_telling_them(cast: Cast) -> None:
    made = running(cast.olpe)
    fields = {"email": "bot@example.org", "pseudonym": "Bot", "website": "https://spam.example"}

    told = Client().post(f"/beteiligung/{made.slug}/link/", fields)

    assert told.status_code == 302
    assert not Message.objects.exists()


def test_report_needs_a_reason_and_says_thank_you(cast: Cast) -> None:
    found = said(running(cast.olpe), now=timezone.now())
    way = f"/beteiligung/beitraege/{found.pk}/melden/"

    assert Client().post(way, {}).status_code == 422
    assert "Danke für die Meldung" in text_of(Client().post(way, {"reason": "hate"}, follow=True))
    assert found.reports.count() == 1
    waiting = held(running(cast.olpe), now=timezone.now())
    assert Client().get(f"/beteiligung/beitraege/{waiting.pk}/melden/").status_code == 404
    assert Client().get(f"/beteiligung/beitraege/{waiting.pk}/").status_code == 404
    assert Client().get(f"/beteiligung/beitraege/{found.pk}/").status_code == 302


def test_whoever_waits_to_be_checked_is_told_so(cast: Cast) -> None:
    ada = participant("Ada")
    held(process(cast.olpe), by=ada)

    page = text_of(Client().get(urlsplit(link_to_mine(ada)).path))

    assert "Wir sehen uns Ihren Beitrag an, bevor er gezeigt wird." in page


def test_before_publishing_the_desk_says_that_there_are_no_codes(cast: Cast) -> None:
    made = running(cast.olpe, publication="draft", needs_residence=True)
    client, way = client_of(cast, "olpe_releaser"), f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/"

    page = text_of(client.get(f"{way}veroeffentlichen/"))
    client.post(f"{way}veroeffentlichen/")

    assert "Es gibt noch keine Codes: Wer teilnehmen will, braucht einen." in page
    assert f'href="{way}wohnsitz/"' in page, "and where they are made"
    made.refresh_from_db()
    assert made.is_public, "letters may follow"


def test_answering_desk_leads_to_where_each_contribution_stands(cast: Cast) -> None:
    made = process(cast.olpe)
    one = said(made, by=participant("Ada"))
    client = client_of(cast, "olpe_editor")

    page = text_of(client.get(f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/beitraege/"))

    assert f'<a href="/beteiligung/{made.slug}/">Beitrag {one.pk}</a>' in page


def test_device_forgets_on_request_and_a_changed_cookie_is_nobody(cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = "0" * 32 + ":x:y"
    made = running(cast.olpe)

    assert "E-Mail" in text_of(client.get(f"/beteiligung/{made.slug}/link/"))
    assert client.post("/beteiligung/nicht-ich/").url == "/beteiligung/"


# --- from blueprint to published --------------------------------------------------------------------------------------
def test_form_of_a_new_process_proposes_a_beginning_and_says_how_long_each_blueprint_takes(cast: Cast) -> None:
    page = text_of(_editor(cast).get("/verwaltung/olpe/beteiligung/neu/"))

    assert "Ideen sammeln, danach unterstützen (4 + 2 Wochen)" in page
    assert f'value="{timezone.localtime(proposed_beginning(timezone.now())):%Y-%m-%dT08:00}"' in page


@pytest.mark.parametrize(("day", "monday"), [("2026-05-04", "2026-05-11"), ("2026-05-10", "2026-05-11")])
def test_beginning_that_is_proposed_is_the_next_monday_at_eight(day: str, monday: str) -> None:
    found = proposed_beginning(datetime.fromisoformat(f"{day}T23:30+02:00"))

    assert timezone.localtime(found).isoformat(timespec="minutes") == f"{monday}T08:00+02:00"


def test_new_process_has_the_mailbox_that_was_named_last(cast: Cast) -> None:
    Profile.objects.create(organisation=cast.olpe, contact_email="rathaus@example.org")
    now = timezone.now()
    begin = {"actor": cast.olpe_editor, "blueprint": "ideas", "title": "Neu", "begins_at": now, "now": now}
    assert processes.begin(organisation=cast.olpe, **begin).contact_email == "rathaus@example.org"

    process(cast.olpe, contact_email="park@example.org", changed_at=now + timedelta(minutes=1))
    process(cast.soest, contact_email="soest@example.org", changed_at=now + timedelta(minutes=2))

    assert processes.begin(organisation=cast.olpe, **begin).contact_email == "park@example.org"


def test_editor_publishes_ideas_with_two_forms_and_one_confirmation(cast: Cast) -> None:
    Profile.objects.create(organisation=cast.olpe, contact_email="rathaus@example.org")
    editor = _editor(cast)
    fields = {"title": "Ein Park für alle", "blueprint": "ideas", "begins_at": "2036-05-05T08:00"}
    edit = editor.post("/verwaltung/olpe/beteiligung/neu/", fields)["Location"]

    form = editor.get(edit).context["form"]
    phases = editor.get(edit).context["phases"]
    typed = {one.html_name: one.value() or "" for one in form} | {"summary": "Was fehlt im Park?"}
    typed |= {field.html_name: field.value() for one in phases for field in one}
    as_sent = {datetime: lambda moment: f"{moment:%Y-%m-%dT%H:%M}"}
    typed = {name: as_sent.get(type(value), str)(value) for name, value in typed.items() if value}
    assert editor.post(edit, typed).status_code == 302
    editor.post(edit.replace("bearbeiten", "veroeffentlichen"))

    assert Process.objects.get().is_public


def _editor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olpe_editor)
    return client
