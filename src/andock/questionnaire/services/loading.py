"""Questionnaires of the demonstration, with invented answers. One that is there already stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of, process_at
from andock.participation.services.loading import load_process
from andock.participation.services.people import count_unnamed

from .. import queries
from ..answers import fitting
from ..choices import IN_WORDS, QuestionKind
from ..models import Question, Questionnaire, Submission
from .editing import Draft, write_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class IncomingQuestion:
    """A question, and how its invented answers spread: ``weights`` of its options, ``words`` of the first who answer.

    ``shown_if`` is the label of an answer of an earlier question.
    """

    draft: Draft
    shown_if: str = ""
    weights: Sequence[int] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IncomingQuestionnaire:
    """A process with one phase of questions, references resolved."""

    fields: Mapping[str, Any]
    terms: Sequence[Any]
    phase: Mapping[str, Any]
    introduction: str
    thanks: str
    people: int
    papers: int
    questions: Sequence[IncomingQuestion] = field(default_factory=list)


@public_transaction()
def load_questionnaire(*, incoming: IncomingQuestionnaire) -> bool:
    """Publish it with its answers; returns whether it was made. Raises ``Unfit`` or ``ValidationError``."""
    begins = incoming.phase["starts_at"]
    made = load_process(fields=incoming.fields, terms=incoming.terms, phases=[incoming.phase], published_at=begins)
    if made is None:
        return False
    process = process_at(made.slug)
    phase = phase_of(process, PhaseKind.QUESTIONS) if process else None
    assert phase is not None, "It was made a moment ago."
    questionnaire = Questionnaire.objects.create(
        phase_id=phase.pk, introduction=incoming.introduction, thanks=incoming.thanks, changed_at=begins
    )
    for position, one in enumerate(incoming.questions, start=1):
        _write(questionnaire, one, position)
    Submission.objects.bulk_create(
        _invented(questionnaire, incoming, number) for number in range(incoming.people + incoming.papers)
    )
    count_unnamed(phase, begins, number=incoming.people)
    count_unnamed(phase, begins, number=incoming.papers, is_on_paper=True)
    return True


def _write(questionnaire: Questionnaire, incoming: IncomingQuestion, position: int) -> None:
    before = queries.questions_of(questionnaire)
    draft = replace(incoming.draft, **_condition(incoming.shown_if, before)) if incoming.shown_if else incoming.draft
    write_question(Question(questionnaire=questionnaire, position=position), draft, before)


def _condition(wanted: str, before: Sequence[Question]) -> dict[str, Any]:
    """Where this answer can be chosen. Raises ``ValueError`` where it cannot."""
    for question in before:
        for key, label in question.option_labels().items():
            if label == wanted:
                return {"shown_if": question.pk, "shown_if_option": key}
    raise ValueError(_("“%s” leads to nothing that is loaded here.") % wanted)


def _invented(questionnaire: Questionnaire, incoming: IncomingQuestionnaire, number: int) -> Submission:
    """The answers of one invented person: always the same for the same number."""
    questions = queries.questions_of(questionnaire)
    given = {
        question.field: answer
        for place, (question, one) in enumerate(zip(questions, incoming.questions, strict=True))
        if (answer := _answer(question, one, number, place))
    }
    answers = fitting(questions, given)[0]
    begins, ends = incoming.phase["starts_at"], incoming.phase["ends_at"]
    sent_at = begins + (ends - begins) * (number % 10 + 1) / 12
    is_on_paper = number >= incoming.people
    return Submission(
        questionnaire=questionnaire, answers=answers, sent_at=sent_at, confirmed_at=sent_at, is_on_paper=is_on_paper,
        released=[one.field for one in questions if one.kind in IN_WORDS and one.field in answers],
        paper_number=number - incoming.people + 1 if is_on_paper else None,
        request_key=uuid5(NAMESPACE_URL, f"{incoming.fields['slug']} {number}"),
    )  # fmt: skip


def _answer(question: Question, incoming: IncomingQuestion, number: int, place: int) -> Any:
    """In own words only what the file says; all else spreads over the options."""
    if question.kind not in IN_WORDS:
        return _choice(question, incoming.weights, number, place)
    words = incoming.words[number] if number < len(incoming.words) else ""
    return {"words": words} if question.kind == QuestionKind.PLACE else words


def _choice(question: Question, weights: Sequence[int], number: int, place: int) -> Any:
    keys = list(question.option_labels())
    weights = weights or [1] * len(keys)
    picked = _picked(weights, number * STEPS[place % len(STEPS)])
    match question.kind:
        case QuestionKind.SCALE:
            return (question.low or 0) + picked
        case QuestionKind.SEVERAL:
            return list({keys[picked], keys[_picked(weights, number)]})
        case QuestionKind.RANKING:
            return [keys[picked], *(key for key in keys if key != keys[picked])]
        case QuestionKind.MATRIX:
            return {row: keys[_picked(weights, number * step)] for step, row in zip(STEPS, question.row_labels(), strict=False)}  # fmt: skip
    return keys[picked]


STEPS = (1, 7, 11, 13, 17, 19, 23, 29)
"""How far the next person's answer lies from the one before: never a divisor of thirty, so that all answers come up."""


def _picked(weights: Sequence[int], number: int) -> int:
    """Which of the weights the number falls on when they are laid end to end, again and again."""
    rest = number % sum(weights)
    for place, weight in enumerate(weights):
        if rest < weight:
            return place
        rest -= weight
    raise AssertionError("A rest is smaller than the sum.")
