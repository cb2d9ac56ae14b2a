"""Staff write the questions. Everybody must be asked the same: after the first answer only words are mended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction

from .. import queries, rules
from ..choices import FEWEST_OPTIONS, HIGHEST, LOWEST, MOST_OPTIONS, WITH_OPTIONS, QuestionKind
from ..models import Question, Questionnaire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.accounts.models import User
    from andock.participation.models import Phase


class Unfit(ValueError):
    """A question cannot be asked like this; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as staff write it; ``options`` and ``rows`` are labels, ``shown_if`` a question's id."""

    kind: str
    label: str
    help: str = ""
    options: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    low_label: str = ""
    high_label: str = ""
    is_required: bool = False
    shown_if: int | None = None
    shown_if_option: str = ""


def questionnaire_for(phase: Phase) -> Questionnaire:
    """The locked questionnaire of a phase, begun where there is none. Runs in the caller's transaction."""
    Questionnaire.objects.get_or_create(phase_id=phase.pk)
    found = Questionnaire.objects.select_for_update(no_key=True).get(phase_id=phase.pk)
    found.phase = phase
    return found


@public_transaction()
def write_words(*, actor: User, phase: Phase, introduction: str, thanks: str) -> Questionnaire:
    """What stands before the questions, and after sending. Raises ``Denied``."""
    rules.may_word_questions(actor, phase).demand()
    questionnaire = questionnaire_for(phase)
    questionnaire.introduction, questionnaire.thanks = introduction, thanks
    _leave_trace(actor, questionnaire)
    return questionnaire


@public_transaction()
def add(*, actor: User, phase: Phase, draft: Draft) -> Question:
    """One more question, the last. Raises ``Denied`` or ``Unfit``."""
    questionnaire = questionnaire_for(phase)
    rules.may_change_questions(actor, questionnaire).demand()
    present = queries.questions_of(questionnaire)
    question = Question(questionnaire=questionnaire, position=present[-1].position + 1 if present else 1)
    write_question(question, draft, present)
    _leave_trace(actor, questionnaire)
    return question


@public_transaction()
def change(*, actor: User, phase: Phase, question_id: int, draft: Draft) -> Question:
    """The whole question while nobody has answered. Raises ``Denied`` or ``Unfit``."""
    questionnaire = questionnaire_for(phase)
    rules.may_change_questions(actor, questionnaire).demand()
    present = queries.questions_of(questionnaire)
    question = _one(present, question_id)
    before = present[: present.index(question)]
    write_question(question, draft, before)
    _keep_what_hangs_on(question, present)
    _leave_trace(actor, questionnaire)
    return question


@public_transaction()
def mend(*, actor: User, phase: Phase, question_id: int, label: str, help_text: str) -> Question:
    """Mend the words of a question, whoever has answered already. Raises ``Denied``."""
    rules.may_word_questions(actor, phase).demand()
    questionnaire = questionnaire_for(phase)
    question = _one(queries.questions_of(questionnaire), question_id)
    question.label, question.help = label, help_text
    question.save(update_fields=["label", "help"])
    _leave_trace(actor, questionnaire)
    return question


@public_transaction()
def move(*, actor: User, phase: Phase, question_id: int, step: int) -> None:
    """One place up (-1) or down (1). Raises ``Denied``, or ``Unfit`` where it would stand before what it hangs on."""
    questionnaire = questionnaire_for(phase)
    rules.may_change_questions(actor, questionnaire).demand()
    present = queries.questions_of(questionnaire)
    here = present.index(_one(present, question_id))
    there = here + step
    if not 0 <= there < len(present):
        return
    present[here], present[there] = present[there], present[here]
    first, second = sorted((here, there))
    if present[first].shown_if_id == present[second].pk:
        raise Unfit(_("A question stands after the one it hangs on. Please change that first."))
    _number(present)
    _leave_trace(actor, questionnaire)


@public_transaction()
def remove(*, actor: User, phase: Phase, question_id: int) -> None:
    """Delete a question. Raises ``Denied``, or ``Unfit`` where another hangs on it."""
    questionnaire = questionnaire_for(phase)
    rules.may_change_questions(actor, questionnaire).demand()
    present = queries.questions_of(questionnaire)
    question = _one(present, question_id)
    if hanging := next((one for one in present if one.shown_if_id == question.pk), None):
        raise Unfit(_("“%s” is asked only of those who chose an answer here. Please change that first.") % hanging)
    question.delete()
    _number([one for one in present if one.pk])
    _leave_trace(actor, questionnaire)


def write_question(question: Question, draft: Draft, before: Sequence[Question]) -> None:
    """Write a question that stands after ``before``. Raises ``Unfit``."""
    _demand_sense(draft, before)
    values = asdict(draft) | {
        "options": keyed(draft.options, question.options), "rows": keyed(draft.rows, question.rows),
        "shown_if": next((one for one in before if one.pk == draft.shown_if), None),
    }  # fmt: skip
    for name, value in values.items():
        setattr(question, name, value)
    question.save()


def _demand_sense(draft: Draft, before: Sequence[Question]) -> None:
    """Raise ``Unfit`` where the parts of a question do not belong together."""
    if draft.kind in WITH_OPTIONS and not FEWEST_OPTIONS <= len(draft.options) <= MOST_OPTIONS:
        raise Unfit(_("Please give two to %d answers to choose from, one in each line.") % MOST_OPTIONS)
    if draft.kind == QuestionKind.MATRIX and not 1 <= len(draft.rows) <= MOST_OPTIONS:
        raise Unfit(_("Please give one to %d rows, one in each line.") % MOST_OPTIONS)
    if draft.kind == QuestionKind.SCALE and not _is_scale(draft):
        raise Unfit(_("A scale goes from one number up to a higher one, between %(low)d and %(high)d.") % {"low": LOWEST, "high": HIGHEST})  # fmt: skip
    if draft.shown_if is not None:
        leading = next((one for one in before if one.pk == draft.shown_if), None)
        if leading is None or not leading.can_lead_on or draft.shown_if_option not in leading.option_labels():
            raise Unfit(_("A question can hang only on an answer of a question that stands before it."))


def _is_scale(draft: Draft) -> bool:
    return draft.low is not None and draft.high is not None and LOWEST <= draft.low < draft.high <= HIGHEST


def _keep_what_hangs_on(question: Question, present: Sequence[Question]) -> None:
    """Raise ``Unfit`` where an answer is gone for which another question is asked."""
    known = question.option_labels() if question.can_lead_on else {}
    for one in present:
        if one.shown_if_id == question.pk and one.shown_if_option not in known:
            raise Unfit(_("“%s” is asked only of those who chose an answer here. Please change that first.") % one)


def keyed(labels: Sequence[str], before: Sequence[dict[str, str]] = ()) -> list[dict[str, str]]:
    """Labels with their keys: what was there keeps its own, what is new gets the next."""
    kept = {one["label"]: one["key"] for one in before}
    number = max((int(key[1:]) for key in kept.values()), default=0)
    found = []
    for label in labels:
        if label not in kept:
            number += 1
        found.append({"key": kept.get(label, f"a{number}"), "label": label})
    return found


def _number(present: Sequence[Question]) -> None:
    for position, question in enumerate(present, start=1):
        question.position = position
    Question.objects.bulk_update(present, ["position"])


def _one(present: Sequence[Question], question_id: int) -> Question:
    found = next((one for one in present if one.pk == question_id), None)
    if found is None:
        raise Unfit(_("This question is not there any more. Somebody has deleted it meanwhile."))
    return found


def _leave_trace(actor: User, questionnaire: Questionnaire) -> None:
    questionnaire.changed_at = timezone.now()
    questionnaire.save()
    process = questionnaire.phase.process
    record(
        actor=actor, action="questionnaire.written", thing=questionnaire, organisation=process.organisation,
        after=[[one.kind, one.label, one.options] for one in queries.questions_of(questionnaire)],
        data={"process": process.slug},
    )  # fmt: skip
    bump(f"process:{process.slug}")
