"""What an answer may be, and which questions are asked at all: pure, without a database.

An answer is a key (single), a list of keys (several), a number (scale), the keys in order, the first the most important
(ranking), words (text), ``{"municipality", "words"}`` (place), or a key for each row (matrix).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .choices import MOST_LETTERS, MOST_LETTERS_OF_A_PLACE, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from .models import Question

    Answers = dict[str, Any]

MOST_LETTERS_OF_A_SLUG = 90


class Misfit(ValueError):
    """An answer does not fit its question; the text says what to do."""


def fitting(questions: Sequence[Question], given: Mapping[str, Any]) -> tuple[Answers, dict[str, str]]:
    """The answers that count, in the order of the questions, and what is wrong by the key of the question.

    An answer to what is not asked is left out, and only what is asked can be missing.
    """
    kept: Answers = {}
    wrong: dict[str, str] = {}
    for question in questions:
        if not is_asked(question, kept):
            continue
        try:
            answer = _checked(question, given.get(question.field))
        except Misfit as misfit:
            wrong[question.field] = str(misfit)
            continue
        if answer not in EMPTY:
            kept[question.field] = answer
        elif question.is_required:
            wrong[question.field] = _missing(question)
    return kept, wrong


EMPTY: tuple = (None, "", [], {})


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether those who gave these answers are asked it."""
    if question.shown_if_id is None:
        return True
    before = answers.get(f"q{question.shown_if_id}")
    return question.shown_if_option in before if isinstance(before, list) else before == question.shown_if_option


def words_of(question: Question, answer: Any) -> str:
    """What somebody wrote themselves."""
    if question.kind == QuestionKind.PLACE and isinstance(answer, dict):
        return str(answer.get("words", ""))
    return str(answer) if question.kind == QuestionKind.TEXT and answer else ""


def _checked(question: Question, answer: Any) -> Any:
    return None if answer in EMPTY else CHECKS[QuestionKind(question.kind)](question, answer)


def _missing(question: Question) -> str:
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.PLACE:
            return _("Please write something here.")
        case QuestionKind.RANKING:
            return _("Please put at least one answer in its place.")
    return _("Please choose an answer.")


def _single(question: Question, answer: Any) -> Any:
    return _known(answer, question.option_labels())


def _several(question: Question, answer: Any) -> Any:
    chosen = {_known(key, question.option_labels()) for key in _list(answer)}
    return [key for key in question.option_labels() if key in chosen]


def _scale(question: Question, answer: Any) -> Any:
    assert question.low is not None, "The database demands it."
    assert question.high is not None, "The database demands it."
    if isinstance(answer, bool) or not isinstance(answer, int) or not question.low <= answer <= question.high:
        raise Misfit(_("Please choose a number between %(low)d and %(high)d.") % {"low": question.low, "high": question.high})  # fmt: skip
    return answer


def _ranking(question: Question, answer: Any) -> Any:
    ranked = [_known(key, question.option_labels()) for key in _list(answer)]
    if len(set(ranked)) < len(ranked):
        raise Misfit(_("Each answer can have one place only."))
    return ranked


def _text(_question: Question, answer: Any) -> Any:
    return _words(answer, MOST_LETTERS)


def _place(_question: Question, answer: Any) -> Any:
    if not isinstance(answer, dict):
        raise Misfit(_("Please name a place."))
    found = {
        "municipality": _words(answer.get("municipality", ""), MOST_LETTERS_OF_A_SLUG),
        "words": _words(answer.get("words", ""), MOST_LETTERS_OF_A_PLACE),
    }
    return {name: value for name, value in found.items() if value}


def _matrix(question: Question, answer: Any) -> Any:
    if not isinstance(answer, dict):
        raise Misfit(_("Please choose one of the answers."))
    rows = question.row_labels()
    chosen = {_known(row, rows): _known(key, question.option_labels()) for row, key in answer.items() if key}
    if question.is_required and len(chosen) < len(rows):
        raise Misfit(_("Please choose an answer in each row."))
    return chosen


def _known(key: Any, known: Collection[str]) -> str:
    if not isinstance(key, str) or key not in known:
        raise Misfit(_("Please choose one of the answers."))
    return key


def _list(answer: Any) -> list:
    if not isinstance(answer, list):
        raise Misfit(_("Please choose one of the answers."))
    return answer


def _words(text: Any, most: int) -> str:
    if not isinstance(text, str):
        raise Misfit(_("Please write something here."))
    if len(text) > most:
        raise Misfit(_("Please shorten this to %(most)d characters; it has %(length)d.") % {"most": most, "length": len(text)})  # fmt: skip
    return text.strip()


CHECKS: dict[QuestionKind, Callable[[Question, Any], Any]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.SEVERAL: _several,
    QuestionKind.SCALE: _scale,
    QuestionKind.RANKING: _ranking,
    QuestionKind.TEXT: _text,
    QuestionKind.PLACE: _place,
    QuestionKind.MATRIX: _matrix,
}
