"""All answers as a table for the office: without names, mail addresses and times of day."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from defusedcsv import csv
from django.utils import timezone

from .choices import QuestionKind
from .words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from .models import Question, Submission


def answers_csv(questions: Sequence[Question], submissions: Iterable[Submission], towns: Mapping[str, str]) -> str:
    """One row for each submission, one column for each question; a matrix has one for each of its rows."""
    target = io.StringIO()
    table = csv.writer(target, delimiter=";")
    table.writerow(["number", "sent_on", "on_paper", "paper_number", *(head for one in questions for head in _heads(one))])  # fmt: skip
    for number, one in enumerate(submissions, start=1):
        cells = [cell for question in questions for cell in _cells(question, one.answers.get(question.field), towns)]
        day = timezone.localdate(one.sent_at).isoformat()
        table.writerow([number, day, "yes" if one.is_on_paper else "no", one.paper_number or "", *cells])
    return target.getvalue()


def _heads(question: Question) -> list[str]:
    if question.kind == QuestionKind.MATRIX:
        return [f"{question.label}: {label}" for label in question.row_labels().values()]
    return [question.label]


def _cells(question: Question, answer: Any, towns: Mapping[str, str]) -> list[str]:
    if question.kind == QuestionKind.MATRIX:
        options, chosen = question.option_labels(), answer or {}
        return [options.get(chosen.get(row, ""), "") for row in question.row_labels()]
    return [" | ".join(said(question, answer, towns))]
