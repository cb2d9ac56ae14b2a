"""What people ask is among the first five. The rates are printed: ``make test ARGS="tests/search/test_relevance.py -s"``."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from andock.search.models import Document
from andock.search.queries import find
from tests.search.questions import Question, made, written

pytestmark = pytest.mark.django_db

ENOUGH = 0.9


def first_five(question: str) -> list[str]:
    found = find(question, count=5)
    keys = dict(Document.objects.values_list("pk", "key"))
    return [keys[hit.document] for hit in found.hits]


@pytest.mark.parametrize(("name", "questions"), [("written by hand", written()), ("made of titles", made())])
def test_nine_of_ten_questions_find_what_they_must(corpus: None, name: str, questions: Sequence[Question]) -> None:
    missed = {
        question.ask: sorted(question.find - set(found))
        for question in questions
        if not question.find <= set(found := first_five(question.ask))
    }
    rate = 1 - len(missed) / len(questions)
    print(f"\n{name}: {len(questions) - len(missed)} of {len(questions)} ({rate:.0%}); missed: {missed or 'none'}")  # noqa: T201

    assert rate >= ENOUGH


def test_whole_words_stand_before_words_that_hold_them(corpus: None) -> None:
    found = find("Plattform", count=100)
    titles = [Document.objects.get(pk=hit.document).title for hit in found.hits]

    assert titles[0] == "Digitale Plattform für das Ehrenamt"
    assert "Offene Regionale Datenplattform" in titles
