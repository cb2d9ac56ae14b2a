"""What somebody answered is theirs: taken along, unlinked, deleted, forgotten in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from andock.kernel.permissions import Denied
from andock.participation.addresses import link_to_mine
from andock.participation.models import Involvement, Participant
from andock.participation.own_data import own_data
from andock.participation.services.forgetting import due, erase, forget_due
from andock.participation.services.people import Introduction
from andock.questionnaire.models import Submission
from andock.questionnaire.services.answering import submit

from .scenes import answer, asked, names

if TYPE_CHECKING:
    from tests.accounts.cast import Cast


def test_own_data_hold_the_answers_with_their_questions(cast: Cast) -> None:
    found = asked(cast.olpe)
    one = answer(found, "ada", **{names(found)[4]: "Mehr Bänke."})

    kept = own_data(one.participant)["answers_to_questions"]

    assert kept[0]["process"] == "Nach dem Abend"
    assert kept[0]["answers"] == {"Wie kommen Sie?": "a2", "Was noch?": "Mehr Bänke."}


def test_own_page_shows_the_answers(cast: Cast) -> None:
    found = asked(cast.olpe)
    one = answer(found, "ada", **{names(found)[4]: "Mehr Bänke."})

    page = Client().get(link_to_mine(one.participant).removeprefix("http://localhost:8000")).content.decode()

    assert "Mehr Bänke." in page
    assert "Wie kommen Sie?" in page


def test_whoever_is_erased_and_keeps_their_words_stays_counted_without_a_name(cast: Cast) -> None:
    one = answer(asked(cast.olpe), "ada")

    erase(participant=one.participant, keeps_words=True)

    assert Submission.objects.get().participant is None
    assert Involvement.objects.get().participant is None
    assert not Participant.objects.exists()


def test_whoever_is_erased_with_their_words_takes_their_answers_along(cast: Cast) -> None:
    one = answer(asked(cast.olpe), "ada")

    erase(participant=one.participant, keeps_words=False)

    assert not Submission.objects.exists()
    assert Involvement.objects.count() == 1


def test_nobody_answers_twice_by_going_and_coming_back(cast: Cast) -> None:
    found = asked(cast.olpe)
    erase(participant=answer(found, "ada").participant, keeps_words=True)

    with pytest.raises(Denied, match="nicht noch einmal"):
        answer(found, "ada")

    assert Submission.objects.count() == Involvement.objects.count() == 1


def test_answers_that_were_never_confirmed_are_deleted_after_a_week(cast: Cast) -> None:
    found = asked(cast.olpe)
    stranger = Introduction(email="ada@example.org", pseudonym="Ada")
    submit(
        person=stranger, questionnaire=found, answers={names(found)[0]: "a2"}, now=timezone.now(), request_key=uuid4()
    )
    answer(found, "bela")
    later = timezone.now() + timedelta(days=8)

    assert due(timezone.now())["unconfirmed answers"] == 0
    assert due(later)["unconfirmed answers"] == 1
    assert forget_due(now=later)["unconfirmed answers"] == 1
    assert [one.participant.pseudonym for one in Submission.objects.all()] == ["bela"]
    assert forget_due(now=later)["unconfirmed answers"] == 0
