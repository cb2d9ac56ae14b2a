"""Who counts, once, until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.participation.models import Involvement, Participant
from andock.participation.services.people import Introduction, TooMany
from andock.questionnaire.models import Question, Submission
from andock.questionnaire.services import answering
from andock.questionnaire.services.answering import Unfit, confirm, enter_paper, submit

from .scenes import answer, asked, known, names, over

if TYPE_CHECKING:
    from andock.questionnaire.models import Questionnaire
    from tests.accounts.cast import Cast

STRANGER = Introduction(email="ada@example.org", pseudonym="Ada")


def sent(found: Questionnaire, way: str = "a2", person: Introduction = STRANGER, key=None) -> Submission:
    values = {"person": person, "now": timezone.now(), "request_key": key or uuid4()}
    return submit(questionnaire=found, answers={names(found)[0]: way}, **values)


def counted() -> list[dict]:
    return [one.answers for one in Submission.objects.exclude(confirmed_at=None)]


def test_strangers_answers_wait_for_the_mailbox(cast: Cast) -> None:
    found = asked(cast.olpe)

    waiting = sent(found)

    message = Message.objects.get()
    assert waiting.confirmed_at is None
    assert message.to == "ada@example.org"
    assert "Rad" not in message.text
    assert Involvement.objects.get().confirmed_at is None


def test_confirmed_answers_count_once_however_often(cast: Cast) -> None:
    found = asked(cast.olpe)
    waiting = sent(found)

    first, second = (confirm(submission=waiting, now=timezone.now()) for _time in range(2))

    assert first.confirmed_at == second.confirmed_at is not None
    assert Participant.objects.get().confirmed_at
    assert Involvement.objects.get().confirmed_at


def test_known_people_count_at_once_and_change_their_answers(cast: Cast) -> None:
    found = asked(cast.olpe)

    answer(found, "ada", "a2")
    answer(found, "ada", "a3")

    assert counted() == [{names(found)[0]: "a3"}]
    assert Involvement.objects.count() == 1
    assert not Message.objects.exists()


def test_strangers_words_change_nothing_of_a_confirmed_person_until_they_confirm(cast: Cast) -> None:
    found = asked(cast.olpe)
    answer(found, "ada", "a2")

    waiting = sent(found, "a3")
    assert counted() == [{names(found)[0]: "a2"}]

    confirm(submission=waiting, now=timezone.now())
    assert counted() == [{names(found)[0]: "a3"}]


def test_same_form_sent_twice_is_one_submission(cast: Cast) -> None:
    found, key = asked(cast.olpe), uuid4()

    assert sent(found, key=key) == sent(found, key=key)
    assert Message.objects.count() == 1


def test_database_lets_one_submission_of_a_person_count(cast: Cast) -> None:
    found = asked(cast.olpe)
    one = answer(found, "ada")

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(questionnaire=found, participant=one.participant, confirmed_at=timezone.now())


def test_submission_after_the_phase_is_refused_with_the_date(cast: Cast) -> None:
    found = over(asked(cast.olpe))
    ended = timezone.localtime(found.phase.ends_at)

    with pytest.raises(Denied, match=str(ended.year)):
        sent(found)


def test_answers_sent_in_time_can_be_confirmed_a_day_longer(cast: Cast) -> None:
    found = asked(cast.olpe)
    waiting = sent(found)
    found.phase.ends_at = timezone.now() + timedelta(minutes=1)
    found.phase.save()
    waiting.questionnaire.phase.refresh_from_db()

    with pytest.raises(Denied):
        confirm(submission=waiting, now=timezone.now() + timedelta(days=2))
    assert confirm(submission=waiting, now=timezone.now() + timedelta(hours=20)).confirmed_at


def test_answers_that_do_not_fit_are_refused_by_question(cast: Cast) -> None:
    found = asked(cast.olpe)

    with pytest.raises(Unfit) as refused:
        submit(
            person=STRANGER,
            questionnaire=found,
            answers={names(found)[0]: "a9"},
            now=timezone.now(),
            request_key=uuid4(),
        )

    assert list(refused.value.wrong) == [names(found)[0]]
    assert not Submission.objects.exists()


def test_stranger_cannot_send_without_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(cast.olpe)
    monkeypatch.setattr(answering, "PER_DAY", 2)
    sent(found, "a2")
    sent(found, "a3")

    with pytest.raises(TooMany):
        sent(found, "a2")


def test_paper_counts_once_by_its_number_and_demands_nothing(cast: Cast) -> None:
    found = over(asked(cast.olpe))
    values = {"actor": cast.olpe_editor, "questionnaire": found, "number": 7, "now": timezone.now()}

    entered = enter_paper(answers={names(found)[4]: "Mehr Bänke."}, **values)

    with pytest.raises(Unfit, match="7"):
        enter_paper(answers={names(found)[4]: "Mehr Bänke."}, **values)
    assert entered.is_on_paper
    assert entered.entered_by == cast.olpe_editor
    assert Involvement.objects.get().is_on_paper


def test_paper_is_entered_by_those_who_keep_the_process_only(cast: Cast) -> None:
    found = asked(cast.olpe)

    with pytest.raises(Denied):
        enter_paper(actor=cast.soest_releaser, questionnaire=found, number=1, answers={names(found)[0]: "a2"}, now=timezone.now())  # fmt: skip


def test_released_words_stay_released_while_they_are_the_same(cast: Cast) -> None:
    found = asked(cast.olpe)
    words = names(found)[4]
    one = answer(found, "ada", **{words: "Mehr Bänke."})
    Submission.objects.filter(pk=one.pk).update(released=[words])

    assert answer(found, "ada", "a3", **{words: "Mehr Bänke."}).released == [words]
    assert answer(found, "ada", "a3", **{words: "Mehr Bäume."}).released == []


def test_question_deleted_with_its_draft_takes_what_hangs_on_it_along(cast: Cast) -> None:
    found = asked(cast.olpe)

    found.phase.process.delete()

    assert not Question.objects.exists()
    assert known("ada").pseudonym == "ada"
