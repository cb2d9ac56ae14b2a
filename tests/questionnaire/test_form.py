"""The citizens' form: without an account, without JavaScript, without losing a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from andock.notifications.models import Message
from andock.questionnaire.models import Submission

from .scenes import BASE, answer, asked, client, device_of, known, names, over, phase, send, typed

if TYPE_CHECKING:
    from tests.accounts.cast import Cast


def link() -> str:
    """The path in the mail."""
    found = re.search(r"https?://[^/\s]+(/\S+bestaetigen\S+)", Message.objects.get().text)
    assert found
    return found[1]


def test_stranger_answers_confirms_and_is_known_from_then_on(cast: Cast) -> None:
    found, browser = asked(cast.olpe), Client()

    sent = send(found, browser)
    asked_once_more = browser.get(link())
    confirmed = browser.post(link())

    assert sent.url == f"{BASE}danke/?stand=bestaetigen"
    assert "Rad" in asked_once_more.content.decode()
    assert confirmed.url == f"{BASE}danke/?stand=da"
    assert "Bald mehr." in browser.get(confirmed.url).content.decode()
    form = browser.get(BASE).content.decode()
    assert "Sie haben schon geantwortet" in form
    assert 'value="a2" id="id_q' in form.replace(" checked", "")
    assert 'name="email"' not in form


def test_link_opened_again_changes_nothing_and_a_forged_one_opens_nothing(cast: Cast) -> None:
    found, browser = asked(cast.olpe), Client()
    send(found, browser)
    browser.post(link())

    assert browser.post(link()).url == f"{BASE}danke/?stand=da"
    assert browser.get(f"{BASE}bestaetigen/x.y/").status_code == 404
    assert Submission.objects.count() == 1


def test_link_of_one_process_opens_nothing_at_another(cast: Cast) -> None:
    send(asked(cast.olpe))

    assert Client().get(link().replace("nach-dem-abend", "anderes")).status_code == 404


def test_known_device_counts_at_once(cast: Cast) -> None:
    found = asked(cast.olpe)

    sent = device_of(known("ada")).post(BASE, {names(found)[0]: "a2"})

    assert sent.url == f"{BASE}danke/?stand=da"
    assert Submission.objects.get().confirmed_at


def test_account_counts_at_once_and_is_asked_for_no_address(cast: Cast) -> None:
    found, browser = asked(cast.olpe), client(cast, "resident")
    assert 'name="email"' not in browser.get(BASE).content.decode()

    sent = browser.post(BASE, {names(found)[0]: "a2", "pseudonym": "Ada"})

    assert sent.url == f"{BASE}danke/?stand=da"
    assert Submission.objects.get().participant.user == cast.resident


def test_every_kind_is_asked_and_kept(cast: Cast) -> None:
    found = asked(cast.olpe)
    way, delay, lacking, order, words, place, rating = names(found)

    send(
        found, **{
            way: "a1", delay: "4", lacking: ["a1", "a3"], f"{order}-a3": "1", f"{order}-a1": "2", words: "Mehr\nBänke.",
            f"{place}-words": "Markt", f"{rating}-r1": "a2",
        }
    )  # fmt: skip

    assert Submission.objects.get().answers == {
        way: "a1", delay: 4, lacking: ["a1", "a3"], order: ["a3", "a1"], words: "Mehr\nBänke.", place: {"words": "Markt"},
        rating: {"r1": "a2"},
    }  # fmt: skip


def test_follow_up_question_stands_there_with_its_condition_and_is_demanded_only_then(cast: Cast) -> None:
    found = asked(cast.olpe)
    way, delay = names(found)[:2]

    form = Client().get(BASE).content.decode()
    by_bus = send(found, **{way: "a1"})
    by_bike = send(found, **{delay: "3"})

    assert "Nur wenn Sie bei „Wie kommen Sie?“ „Bus“ gewählt haben." in form
    assert f'data-if="{way}" data-is="a1"' in form
    assert by_bus.status_code == 422
    assert "Wie pünktlich?" in by_bus.content.decode()
    assert by_bike.status_code == 302
    assert Submission.objects.get().answers == {way: "a2"}


def test_nothing_typed_is_lost_when_something_is_missing(cast: Cast) -> None:
    found = asked(cast.olpe)
    words, place = names(found)[4:6]

    answered = Client().post(BASE, {words: "Mehr Bänke am Ufer.", f"{place}-words": "Am Markt", "pseudonym": "Ada"})

    page = answered.content.decode()
    assert answered.status_code == 422
    assert all(text in page for text in ("Mehr Bänke am Ufer.", "Am Markt", 'value="Ada"'))
    assert f'href="#id_{names(found)[0]}' in page
    assert not Submission.objects.exists()


def test_place_in_the_order_given_twice_is_said(cast: Cast) -> None:
    found = asked(cast.olpe)
    order = names(found)[3]

    answered = send(found, **{f"{order}-a1": "1", f"{order}-a2": "1"})

    assert answered.status_code == 422
    assert "Jeden Platz" in answered.content.decode()


@pytest.mark.parametrize("is_complete", [True, False])
def test_form_sent_too_late_names_the_date_and_keeps_what_was_typed(cast: Cast, is_complete: bool) -> None:
    found = over(asked(cast.olpe))
    words = names(found)[4]
    values = typed(found, **{words: "Mehr Bänke."}) if is_complete else {words: "Mehr Bänke."}

    answered = Client().post(BASE, values)

    page = answered.content.decode()
    assert answered.status_code == 403
    assert str(timezone.localtime(found.phase.ends_at).year) in page
    assert "Mehr Bänke." in page
    assert not Submission.objects.exists()


def test_form_of_a_phase_that_is_over_leads_to_the_result(cast: Cast) -> None:
    over(asked(cast.olpe))

    page = Client().get(BASE).content.decode()

    assert f"{BASE}ergebnis/" in page
    assert "<textarea" not in page


def test_machine_that_fills_in_the_trap_is_thanked_and_nothing_is_kept(cast: Cast) -> None:
    sent = send(asked(cast.olpe), website="https://spam.example")

    assert sent.url == f"{BASE}danke/?stand=bestaetigen"
    assert not Submission.objects.exists()


def test_questions_of_a_draft_or_of_no_process_are_not_there(cast: Cast) -> None:
    asked(cast.olpe, publication="draft", published_at=None)

    assert Client().get(BASE).status_code == 404
    assert client(cast).get(BASE).status_code == 200
    assert Client().get("/beteiligung/anderes/fragen/").status_code == 404


def test_phase_without_questions_says_so(cast: Cast) -> None:
    phase(cast.olpe)

    assert "Es gibt noch keine Fragen." in Client().get(BASE).content.decode()


def test_hostile_text_in_questions_and_answers_stays_text(cast: Cast) -> None:
    found = asked(cast.olpe)
    found.questions.update(label="<script>alert(1)</script>", help='"><img src=x onerror=alert(1)>')
    words = names(found)[4]

    form = Client().get(BASE).content.decode()
    send(found, **{words: "<script>alert(2)</script>"})
    asked_once_more = Client().get(link()).content.decode()

    assert "<script>alert" not in form + asked_once_more
    assert "<img" not in form
    assert "&lt;script&gt;alert(2)" in asked_once_more


def test_page_of_a_process_leads_to_the_questions_and_later_to_the_result(cast: Cast) -> None:
    found = asked(cast.olpe)
    answer(found, "ada")
    while_open = Client().get("/beteiligung/nach-dem-abend/").content.decode()
    over(found)

    afterwards = Client().get("/beteiligung/nach-dem-abend/").content.decode()

    assert f'href="{BASE}"' in while_open
    assert "1 Person hat geantwortet." in while_open
    assert f'href="{BASE}ergebnis/"' in afterwards
    assert f'href="{BASE}"' not in afterwards


@pytest.mark.parametrize("people", [1, 3])
def test_form_takes_the_same_queries_however_many_answered(cast: Cast, django_assert_num_queries, people: int) -> None:
    found = asked(cast.olpe)
    for number in range(people):
        answer(found, f"ada{number}")
    Client().get(BASE)

    with django_assert_num_queries(FORM_QUERIES):
        Client().get(BASE)


FORM_QUERIES = 8
