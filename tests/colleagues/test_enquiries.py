"""An office asks another about a card: both write, nobody else reads, nothing is sent twice and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.accounts.models import Membership
from andock.audit.models import Entry
from andock.audit.queries import entries_visible_to
from andock.colleagues.models import Contribution, Enquiry
from andock.colleagues.services.enquiries import PER_DAY
from andock.notifications.models import Message
from andock.organisations.choices import Role
from andock.organisations.models import Organisation
from tests.accounts.cast import Cast
from tests.factories.accounts import member
from tests.factories.knowledge import solution

from .scenes import ask, asked, card, client, page_of, write

pytestmark = pytest.mark.django_db
QUESTION = "Was kostet der Betrieb?"


# --- asking -----------------------------------------------------------------------------------------------------------
def test_card_leads_everybody_to_the_same_question(cast: Cast) -> None:
    made = card(cast)

    pages = [Client(), client(cast, "soest_releaser")]
    links = [
        re.findall(r'href="(/verwaltung/frage/[^"]*)"', page.get(f"/loesungen/{made.slug}/").content.decode())
        for page in pages
    ]

    assert links == [["/verwaltung/frage/sensoren/"]] * 2
    assert Client().get(links[0][0]).status_code == 302


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_card_that_is_not_in_the_lists_cannot_be_asked_about(cast: Cast, state: str) -> None:
    made = card(cast, publication=state)

    assert "/verwaltung/frage/" not in client(cast, "olpe_editor").get(f"/loesungen/{made.slug}/").content.decode()
    assert ask(cast).status_code == 404
    assert not Enquiry.objects.exists()


def test_question_begins_a_thread_that_waits_for_the_owner(cast: Cast) -> None:
    enquiry = asked(cast)

    assert (enquiry.asking, enquiry.owner, enquiry.opened_by) == (cast.soest, cast.olpe, cast.soest_releaser)
    assert enquiry.waits_since == enquiry.opened_at
    written = Contribution.objects.get()
    assert (written.text, written.role, written.author) == (QUESTION, Role.MUNICIPAL_RELEASER, cast.soest_releaser)


def test_keepers_of_the_owner_get_one_mail_each_without_a_personal_address(cast: Cast) -> None:
    enquiry = asked(cast)

    mails = {mail.to: mail for mail in Message.objects.all()}
    assert mails.keys() == {cast.olpe_editor.email, cast.olpe_releaser.email}
    mail = mails[cast.olpe_editor.email]
    assert mail.subject == "Soest schreibt zu „Bodenfeuchte“"
    assert QUESTION in mail.text
    assert page_of(enquiry) in mail.text
    assert cast.soest_releaser.email not in mail.text + mail.reply_to
    assert cast.soest_releaser.name not in mail.text


def test_page_shows_office_and_role_and_nobodys_name_or_address(cast: Cast) -> None:
    enquiry = asked(cast)
    write(cast, enquiry, "Wenig.")

    pages = [
        client(cast, "olpe_editor").get(page_of(enquiry)),
        client(cast, "soest_releaser").get(page_of(enquiry, "soest")),
    ]

    for page in pages:
        text = page.content.decode()
        assert "Soest, Freigabe" in text
        assert "Olpe, Redaktion" in text
        main = text.partition("<main")[2].partition('id="session"')[0]
        assert cast.soest_releaser.email not in main
        assert "Soest_releaser" not in main


def test_same_form_sent_twice_is_one_question_and_one_mail(cast: Cast) -> None:
    card(cast)
    key = str(uuid4())

    answers = [ask(cast, key=key), ask(cast, key=key)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert Contribution.objects.count() == 1
    assert Message.objects.count() == 2


def test_other_words_in_the_same_form_are_not_lost(cast: Cast) -> None:
    card(cast)
    key = str(uuid4())

    ask(cast, key=key)
    ask(cast, key=key, text="Und wer pflegt ihn?")

    assert sorted(Contribution.objects.values_list("text", flat=True)) == ["Und wer pflegt ihn?", QUESTION]


def test_second_question_about_a_card_goes_into_the_open_thread(cast: Cast) -> None:
    enquiry = asked(cast)
    page = client(cast, "soest_releaser").get("/verwaltung/frage/sensoren/").content.decode()

    ask(cast, text="Noch etwas")

    assert page_of(enquiry, "soest") in page
    assert Enquiry.objects.get().contributions.count() == 2


def test_question_in_the_name_of_one_of_several_organisations(cast: Cast) -> None:
    card(cast)
    wenden = Organisation.objects.create(slug="wenden", name="Wenden", kind="municipality")
    member(cast.soest_releaser, wenden, Role.MUNICIPAL_EDITOR)

    unsaid = ask(cast)
    said = ask(cast, organisation="wenden")
    foreign = ask(cast, organisation="agentur")

    assert [unsaid.status_code, said.status_code, foreign.status_code] == [400, 302, 400]
    assert QUESTION in unsaid.content.decode()
    assert Enquiry.objects.get().asking == wenden


@pytest.mark.parametrize("who", ["resident", "olpe_reader", "olpe_moderator", "olpe_editor"])
def test_whoever_writes_for_no_other_office_reads_why(cast: Cast, who: str) -> None:
    card(cast)

    assert ask(cast, who).status_code == 403
    assert not Enquiry.objects.exists()


def test_question_about_a_card_of_the_region_goes_to_the_agency(cast: Cast) -> None:
    solution(Organisation.objects.get(slug="region"), slug="plattform", title="Plattform")

    assert ask(cast, slug="plattform").status_code == 302

    assert Enquiry.objects.get().owner == cast.agency
    assert Message.objects.get().to == cast.coordinator.email
    assert client(cast, "coordinator").get(page_of(Enquiry.objects.get(), "agentur")).status_code == 200


def test_owner_without_people_is_named_with_what_to_do(cast: Cast) -> None:
    wenden = Organisation.objects.create(slug="wenden", name="Wenden", kind="municipality")
    solution(wenden, slug="bus", title="Bus")

    page = client(cast, "soest_releaser").get("/verwaltung/frage/bus/")

    assert page.status_code == 200
    assert "Bei Wenden hat hier noch niemand ein Konto" in page.content.decode()
    assert "/kommunen/agentur/" in page.content.decode()
    assert b"<textarea" not in page.content
    assert ask(cast, slug="bus").status_code == 400
    assert not Enquiry.objects.exists()


def test_twenty_enquiries_a_day_are_enough_and_the_text_is_still_there(cast: Cast) -> None:
    for number in range(PER_DAY + 1):
        card(cast, slug=f"karte-{number}")
    answers = [ask(cast, slug=f"karte-{number}") for number in range(PER_DAY + 1)]

    assert [answer.status_code for answer in answers] == [302] * PER_DAY + [400]
    assert "20 Anfragen" in answers[-1].content.decode()
    assert QUESTION in answers[-1].content.decode()
    Enquiry.objects.update(opened_at=timezone.now() - timedelta(days=1))
    assert ask(cast, slug=f"karte-{PER_DAY}").status_code == 302


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x01"])
def test_empty_question_is_refused(cast: Cast, text: str) -> None:
    card(cast)

    answer = ask(cast, text=text)

    assert answer.status_code == 400
    assert "Bitte schreiben Sie etwas" in answer.content.decode()


def test_a_megabyte_is_refused_with_a_sentence_and_is_still_in_the_form(cast: Cast) -> None:
    card(cast)
    long = "Sehr lang. " * 95_000 + "ENDE"

    answer = ask(cast, text=long)

    assert answer.status_code == 400
    assert "Höchstens 20000 Zeichen" in answer.content.decode()
    assert "ENDE</textarea>" in answer.content.decode()
    assert "maxlength" not in answer.content.decode().partition("<textarea")[2]
    assert not Enquiry.objects.exists()


def test_twenty_thousand_characters_fit_with_any_line_ends(cast: Cast) -> None:
    card(cast)

    assert ask(cast, text="a\r\n" * 10_000).status_code == 302


def test_markup_in_a_question_is_text(cast: Cast) -> None:
    card(cast)
    ask(cast, text="<script>alert(1)</script>\n\nZweiter Absatz")

    text = client(cast, "olpe_editor").get(page_of(Enquiry.objects.get())).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text


# --- the thread -------------------------------------------------------------------------------------------------------
def test_answer_tells_the_asking_office_and_ends_the_wait(cast: Cast) -> None:
    enquiry = asked(cast)
    Message.objects.all().delete()

    assert write(cast, enquiry, "Etwa 400 € im Jahr.").status_code == 302

    enquiry.refresh_from_db()
    assert enquiry.waits_since is None
    assert [mail.to for mail in Message.objects.all()] == [cast.soest_releaser.email]
    assert "Etwa 400 €" in client(cast, "soest_releaser").get(page_of(enquiry, "soest")).content.decode()


def test_answer_sent_twice_is_one_answer(cast: Cast) -> None:
    enquiry = asked(cast)
    key = str(uuid4())

    write(cast, enquiry, "Ja.", key=key)
    write(cast, enquiry, "Ja.", key=key)

    assert Contribution.objects.filter(text="Ja.").count() == 1


def test_second_question_leaves_the_wait_as_long_as_it_is(cast: Cast) -> None:
    enquiry = asked(cast)
    long_ago = timezone.now() - timedelta(days=5)
    Enquiry.objects.update(waits_since=long_ago)

    write(cast, enquiry, "Noch etwas", "soest_releaser", "soest")

    enquiry.refresh_from_db()
    assert enquiry.waits_since == long_ago


@pytest.mark.parametrize("who", ["resident", "olpe_reader", "olpe_moderator", "coordinator"])
def test_nobody_else_reads_or_writes_not_even_the_agency(cast: Cast, who: str) -> None:
    enquiry = asked(cast)

    for town in ("olpe", "soest"):
        assert client(cast, who).get(page_of(enquiry, town)).status_code == 403
        assert write(cast, enquiry, "Ich auch", who, town).status_code == 403
    assert client(cast, "coordinator").get(page_of(enquiry, "agentur")).status_code == 404
    assert Contribution.objects.count() == 1


def test_role_that_ended_reads_no_more(cast: Cast) -> None:
    enquiry = asked(cast)
    Membership.objects.filter(user=cast.olpe_editor).update(until=timezone.localdate())

    assert client(cast, "olpe_editor").get(page_of(enquiry)).status_code == 403


def test_agency_does_not_read_in_the_trail_who_asked(cast: Cast) -> None:
    asked(cast)

    assert Entry.objects.filter(action__startswith="colleagues.").count() == 2
    assert not entries_visible_to(cast.coordinator).filter(action__startswith="colleagues.").exists()
    assert entries_visible_to(cast.soest_releaser).filter(action="colleagues.enquiry_opened").exists()


def test_closed_thread_can_be_read_and_opened_again(cast: Cast) -> None:
    enquiry = asked(cast)
    soest = client(cast, "soest_releaser")

    assert soest.post(page_of(enquiry, "soest", "schliessen/")).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.closed_at is not None, enquiry.waits_since) == (True, None)
    assert b"<textarea" not in soest.get(page_of(enquiry, "soest")).content

    assert client(cast, "olpe_editor").post(page_of(enquiry, act="oeffnen/")).status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.closed_at is None
    assert enquiry.waits_since is not None


def test_what_was_typed_into_a_thread_closed_meanwhile_is_still_there(cast: Cast) -> None:
    enquiry = asked(cast)
    client(cast, "soest_releaser").post(page_of(enquiry, "soest", "schliessen/"))

    answer = write(cast, enquiry, "Meine langen Worte")

    assert answer.status_code == 400
    assert "Meine langen Worte" in answer.content.decode()
    assert Contribution.objects.count() == 1


def test_closing_twice_says_so(cast: Cast) -> None:
    enquiry = asked(cast)
    olpe = client(cast, "olpe_editor")

    olpe.post(page_of(enquiry, act="schliessen/"))
    olpe.post(page_of(enquiry, act="schliessen/"))

    assert "schon geschlossen" in olpe.get(page_of(enquiry)).content.decode()
    assert Entry.objects.filter(action="colleagues.enquiry_closed").count() == 1


def test_closed_thread_stays_closed_where_another_is_open(cast: Cast) -> None:
    enquiry = asked(cast)
    olpe = client(cast, "olpe_editor")
    olpe.post(page_of(enquiry, act="schliessen/"))
    ask(cast, text="Neue Frage")

    olpe.post(page_of(enquiry, act="oeffnen/"))

    assert "schon ein offenes Gespräch" in olpe.get(page_of(enquiry)).content.decode()
    enquiry.refresh_from_db()
    assert enquiry.closed_at is not None


# --- the list ---------------------------------------------------------------------------------------------------------
def test_list_tells_whose_turn_it_is(cast: Cast) -> None:
    enquiry = asked(cast)

    def heads(who: str, town: str) -> list[str]:
        page = client(cast, who).get(f"/verwaltung/{town}/anfragen/").content.decode()
        return re.findall(r'<h2 id="(uns|andere|geschlossen)"', page)

    assert (heads("olpe_editor", "olpe"), heads("soest_releaser", "soest")) == (["uns"], ["andere"])
    write(cast, enquiry, "Ja.")
    assert (heads("olpe_editor", "olpe"), heads("soest_releaser", "soest")) == (["andere"], ["uns"])
    client(cast, "soest_releaser").post(page_of(enquiry, "soest", "schliessen/"))
    assert heads("olpe_editor", "olpe") == ["geschlossen"]


def test_start_of_the_administration_counts_what_waits(cast: Cast) -> None:
    asked(cast)

    assert "1 Frage wartet auf Ihre Antwort" in client(cast, "olpe_editor").get("/verwaltung/").content.decode()
    assert "wartet auf Ihre Antwort" not in client(cast, "soest_releaser").get("/verwaltung/").content.decode()
    assert "von-amt-zu-amt" not in client(cast, "resident").get("/verwaltung/").content.decode()


def test_pages_take_the_same_queries_for_one_and_for_many(cast: Cast) -> None:
    first = asked(cast)
    olpe = client(cast, "olpe_editor")
    counts = []
    for number in (1, 3):
        for extra in range(number - 1):
            card(cast, slug=f"mehr-{number}-{extra}")
            ask(cast, slug=f"mehr-{number}-{extra}")
            write(cast, first, f"Satz {extra}")
        for path in ("/verwaltung/olpe/anfragen/", page_of(first), "/verwaltung/"):
            with CaptureQueriesContext(connection) as queries:
                assert olpe.get(path).status_code == 200
            counts.append(len(queries))

    assert counts[:3] == counts[3:]


# --- what must hold in every row ----------------------------------------------------------------------------------------
def test_database_keeps_one_open_thread_for_each_card_and_asking_office(cast: Cast) -> None:
    enquiry = asked(cast)
    now = timezone.now()
    values = {"solution": enquiry.solution, "opened_at": now, "changed_at": now}

    for wrong in (
        {"asking": cast.soest, "owner": cast.olpe},
        {"asking": cast.agency, "owner": cast.agency},
        {"asking": cast.agency, "owner": cast.olpe, "closed_at": now, "waits_since": now},
        {"asking": cast.agency, "owner": cast.olpe, "reminded_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.create(**values | wrong)
