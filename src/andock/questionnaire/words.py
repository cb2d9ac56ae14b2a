"""An answer in words, as people read it and tables hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .choices import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .models import Question


def said(question: Question, answer: Any, towns: Mapping[str, str]) -> list[str]:
    """The lines of an answer; ``towns`` are the names of municipalities by their slug. Without an answer there are none."""
    if not answer and answer != 0:
        return []
    return _LINES.get(QuestionKind(question.kind), _plain)(question, answer, towns)


def _plain(_question: Question, answer: Any, _towns: Mapping[str, str]) -> list[str]:
    return [str(answer)]


def _single(question: Question, answer: Any, _towns: Mapping[str, str]) -> list[str]:
    return [question.option_labels().get(answer, answer)]


def _several(question: Question, answer: Any, _towns: Mapping[str, str]) -> list[str]:
    return [question.option_labels().get(key, key) for key in answer]


def _ranking(question: Question, answer: Any, _towns: Mapping[str, str]) -> list[str]:
    options = question.option_labels()
    return [f"{place}. {options.get(key, key)}" for place, key in enumerate(answer, start=1)]


def _place(_question: Question, answer: Any, towns: Mapping[str, str]) -> list[str]:
    town = answer.get("municipality", "")
    return [line for line in (towns.get(town, town), answer.get("words", "")) if line]


def _matrix(question: Question, answer: Any, _towns: Mapping[str, str]) -> list[str]:
    options = question.option_labels()
    return [f"{title}: {options.get(answer[row], '')}" for row, title in question.row_labels().items() if row in answer]


_LINES: dict[QuestionKind, Callable[[Question, Any, Mapping[str, str]], list[str]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.SEVERAL: _several,
    QuestionKind.RANKING: _ranking,
    QuestionKind.PLACE: _place,
    QuestionKind.MATRIX: _matrix,
}


def answered(
    questions: Sequence[Question], answers: Mapping[str, Any], towns: Mapping[str, str]
) -> list[tuple[Question, list[str]]]:
    """Every question that was answered, with the lines of the answer."""
    found = ((question, said(question, answers.get(question.field), towns)) for question in questions)
    return [(question, lines) for question, lines in found if lines]
