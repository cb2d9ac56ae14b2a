"""The result as open data: every question with its counted answers. What is kept back on the page is empty here."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.utils.translation import gettext_lazy as _

from andock.knowledge.cells import marked
from andock.participation.addresses import absolute
from andock.participation.open_data import licence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andock.participation.models import Process

    from .results import Result

FORMAT = "andock-results/1"
FIELDS = {
    "question": _("The question"),
    "kind": _("How it is answered: single, several, scale, ranking, text, place, matrix"),
    "people": _(
        "How many answered it; empty: fewer than five, or so many that a smaller group could be reckoned from it"
    ),
    "part": _("A row of a matrix; else empty"),
    "answer": _("One of its answers, or words that were released"),
    "number": _("How many gave it; empty: so few that somebody could be recognised, or words"),
    "points": _("Only where answers were put in order: the first place gets as many points as there are answers"),
}


def fields() -> dict[str, str]:
    return {name: str(words) for name, words in FIELDS.items()}


def rows(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    """One for each answer of each question; a question that nobody's answer can be told of has one of its own."""
    for result in results:
        head = {"question": result.question.label, "kind": result.question.kind, "people": result.people}
        answers = [
            {"part": chart.title, "answer": bar.label, "number": bar.number, "points": bar.points}
            for chart in result.charts for bar in chart.bars
        ]  # fmt: skip
        answers += [{"part": "", "answer": text, "number": None, "points": None} for text in result.texts]
        for answer in answers or [dict.fromkeys(("part", "answer", "number", "points"))]:
            yield head | answer


def results_csv(results: Sequence[Result]) -> str:
    """A spreadsheet runs nothing of it."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(FIELDS), delimiter=";", lineterminator="\n")
    writer.writeheader()
    for row in rows(results):
        writer.writerow({name: "" if value is None else marked(str(value)) for name, value in row.items()})
    return target.getvalue()


def results_json(process: Process, results: Sequence[Result]) -> str:
    content = {
        "format": FORMAT, "process": process.title, "url": absolute("questionnaire:results", process.slug),
        "organisation": process.organisation.name, "licence": licence(), "demonstration": process.is_demonstration,
        "fields": fields(), "results": list(rows(results)),
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)
