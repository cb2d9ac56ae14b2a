"""How answers come in: sent, confirmed by whoever owns the mailbox, changed until the phase ends, entered from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.jobs import Priority
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.participation.rules import may_take_part
from andock.participation.services import people, residence
from andock.participation.services.people import TooMany

from .. import mail, queries, rules
from ..answers import fitting, words_of
from ..choices import A_DAY
from ..models import Questionnaire, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from andock.accounts.models import User
    from andock.participation.models import Participant
    from andock.participation.services.people import Introduction

    from ..models import Question

PER_DAY = 20
"""So often one person sends answers in a day, before they are confirmed."""


class Unfit(ValueError):
    """Answers do not fit their questions, or a paper is there already; the text says what to do.

    ``wrong`` has a sentence for each question it concerns, by ``Question.field``.
    """

    def __init__(self, text: str, wrong: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.wrong = dict(wrong or {})


@public_transaction()
def submit(
    *, person: Introduction, questionnaire: Questionnaire, answers: Mapping[str, Any], now: datetime, request_key: UUID,
    is_doubtful: bool = False,
) -> Submission:  # fmt: skip
    """Take answers. Known people's count at once, in place of what they sent before; of others when they confirm.

    The same form with the same words is the same submission. Raises ``Denied`` when the phase does not run, ``Unfit``,
    ``CodeRefused`` and ``TooMany``.
    """
    questionnaire = _locked(questionnaire)
    may_take_part(None, questionnaire.phase, now).demand()
    kept = _fitting(questionnaire, answers)
    key = uuid5(request_key, f"{questionnaire.pk} {person.email} {sorted(kept.items())}")
    if found := queries.submission_sent_with(key):
        return found
    participant = people.introduced(person, now)
    residence.settle(person, participant, questionnaire.phase.process, key, now)
    if queries.sent_since(participant, now - A_DAY) >= PER_DAY:
        raise TooMany(_("You have sent very much today. Please go on tomorrow; copy your text to be safe."))
    people.involve(participant, questionnaire.phase, person, now, is_sure=person.known is not None)
    sent = Submission(questionnaire=questionnaire, participant=participant, answers=kept, request_key=key, sent_at=now)
    if person.known:
        _count(sent, participant, now)
    else:
        sent.save()
        mail.ask_to_confirm(sent, participant, priority=_priority(is_doubtful))
    return sent


@public_transaction()
def confirm(*, submission: Submission, now: datetime, code: str = "") -> Submission:
    """The mailbox is theirs, so it counts. Repeated, it changes nothing. Raises ``Denied`` when the phase is over.

    Whoever sent it in time has a day more to confirm it. Raises ``CodeRefused`` where the code that came with it is not
    good any more; ``code`` is another one.
    """
    phase = submission.questionnaire.phase
    rows = Submission.objects.select_for_update(of=("self",), no_key=True).select_related("participant")
    submission = rows.get(pk=submission.pk)
    if submission.confirmed_at or submission.participant is None:
        return submission
    may_take_part(None, phase, max(submission.sent_at, now - A_DAY)).demand()
    submission.questionnaire.phase = phase
    residence.prove_as_sent(
        participant=submission.participant, process=phase.process, request_key=submission.request_key, code=code, now=now
    )  # fmt: skip
    people.sure(submission.participant, phase, now)
    _count(submission, submission.participant, now)
    return submission


@public_transaction()
def enter_paper(
    *, actor: User, questionnaire: Questionnaire, number: int, answers: Mapping[str, Any], now: datetime
) -> Submission:
    """Staff type what came on paper, each sheet once. Nobody's name is kept. Raises ``Denied`` or ``Unfit``."""
    questionnaire = _locked(questionnaire)
    rules.may_enter_paper(actor, questionnaire, now).demand()
    kept = _fitting(questionnaire, answers, is_on_paper=True)
    if questionnaire.submissions.filter(paper_number=number).exists():
        raise Unfit(_("Paper number %d is entered already. Please look whether it is the same sheet.") % number)
    entered = Submission.objects.create(
        questionnaire=questionnaire, answers=kept, is_on_paper=True, paper_number=number, entered_by=actor, sent_at=now,
        confirmed_at=now,
    )  # fmt: skip
    people.count_unnamed(questionnaire.phase, now, is_on_paper=True)
    process = questionnaire.phase.process
    record(
        actor=actor, action="questionnaire.paper_entered", thing=questionnaire, organisation=process.organisation,
        data={"process": process.slug, "number": number},
    )  # fmt: skip
    told(questionnaire)
    return entered


def told(questionnaire: Questionnaire) -> None:
    """What readers see of it has changed. Runs in a public transaction."""
    bump(f"process:{questionnaire.phase.process.slug}")


def _count(sent: Submission, participant: Participant, now: datetime) -> None:
    """From here on these are the answers of this person; released words stay so only where they are the same."""
    before = queries.counted(sent.questionnaire).filter(participant=participant).exclude(pk=sent.pk).first()
    if before:
        questions = queries.questions_of(sent.questionnaire)
        sent.released = [
            question.field for question in questions
            if question.field in before.released and _words(question, before) == _words(question, sent)
        ]  # fmt: skip
        before.delete()
    sent.confirmed_at = now
    sent.save()
    told(sent.questionnaire)


def _words(question: Question, submission: Submission) -> str:
    return words_of(question, submission.answers.get(question.field))


def _fitting(questionnaire: Questionnaire, answers: Mapping[str, Any], *, is_on_paper: bool = False) -> dict[str, Any]:
    """On paper people leave out what they like, so nothing is demanded there."""
    questions = queries.questions_of(questionnaire)
    if not questions:
        raise Unfit(_("There are no questions yet. Please come back later."))
    for question in questions:
        question.is_required = question.is_required and not is_on_paper
    kept, wrong = fitting(questions, answers)
    if wrong:
        raise Unfit(_("Please look at the questions that are marked."), wrong)
    if not kept:
        raise Unfit(_("Nothing is answered yet. Please answer at least one question."))
    return kept


def _priority(is_doubtful: bool) -> Priority:
    return Priority.LEISURE if is_doubtful else Priority.SOMEBODY_WAITS


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    """Nobody changes the questions while somebody answers them."""
    rows = Questionnaire.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("phase__process__organisation").get(pk=questionnaire.pk)
