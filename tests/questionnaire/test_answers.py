"""What fits a question, without a database."""

from __future__ import annotations

from typing import Any

import pytest

from andock.questionnaire.answers import fitting, is_asked, words_of
from andock.questionnaire.models import Question

OPTIONS = [{"key": "a1", "label": "Bus"}, {"key": "a2", "label": "Rad"}]
ROWS = [{"key": "r1", "label": "heute"}, {"key": "r2", "label": "früher"}]


def question(kind: str, pk: int = 1, **values: Any) -> Question:
    return Question(pk=pk, kind=kind, label="Frage", options=OPTIONS, **values)


SCALE = {"low": 1, "high": 5}
FITS = [
    ("single", {}, "a2", "a2"),
    ("several", {}, ["a2", "a1", "a2"], ["a1", "a2"]),
    ("scale", SCALE, 5, 5),
    ("ranking", {}, ["a2", "a1"], ["a2", "a1"]),
    ("ranking", {}, ["a2"], ["a2"]),
    ("text", {}, "  Gut. ", "Gut."),
    ("place", {}, {"municipality": "olpe", "words": ""}, {"municipality": "olpe"}),
    ("matrix", {"rows": ROWS}, {"r1": "a1"}, {"r1": "a1"}),
]


@pytest.mark.parametrize(("kind", "more", "given", "kept"), FITS)
def test_answer_that_fits_is_kept(kind: str, more: dict, given: Any, kept: Any) -> None:
    assert fitting([question(kind, **more)], {"q1": given}) == ({"q1": kept}, {})


MISFITS = [
    ("single", {}, "a9"), ("single", {}, ["a1"]), ("several", {}, "a1"), ("several", {}, ["a1", "a9"]),
    ("scale", SCALE, 0), ("scale", SCALE, 6), ("scale", SCALE, True), ("scale", SCALE, "3"),
    ("ranking", {}, ["a1", "a1"]), ("ranking", {}, ["a9"]), ("ranking", {}, "a1"),
    ("text", {}, "x" * 2001), ("text", {}, {"a": 1}), ("place", {}, "Olpe"), ("place", {}, {"words": "x" * 201}),
    ("matrix", {"rows": ROWS}, {"r9": "a1"}), ("matrix", {"rows": ROWS}, {"r1": "a9"}), ("matrix", {"rows": ROWS}, ["a1"]),
    ("matrix", {"rows": ROWS, "is_required": True}, {"r1": "a1"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "given"), MISFITS)
def test_answer_that_does_not_fit_is_said_and_not_kept(kind: str, more: dict, given: Any) -> None:
    kept, wrong = fitting([question(kind, **more)], {"q1": given})

    assert kept == {}
    assert wrong["q1"].endswith((".", "!"))


@pytest.mark.parametrize("nothing", [None, "", [], {}])
@pytest.mark.parametrize("kind", ["single", "text", "ranking", "place"])
def test_required_question_without_an_answer_is_said(kind: str, nothing: Any) -> None:
    assert list(fitting([question(kind, is_required=True)], {"q1": nothing})[1]) == ["q1"]
    assert fitting([question(kind)], {"q1": nothing}) == ({}, {})


def test_question_that_is_not_asked_is_neither_demanded_nor_kept() -> None:
    first = question("single")
    second = question("scale", pk=2, is_required=True, shown_if_id=1, shown_if_option="a1", **SCALE)

    assert fitting([first, second], {"q1": "a2", "q2": 3}) == ({"q1": "a2"}, {})
    assert list(fitting([first, second], {"q1": "a1"})[1]) == ["q2"]
    assert fitting([first, second], {"q1": "a1", "q2": 3})[0] == {"q1": "a1", "q2": 3}


def test_question_hanging_on_one_that_is_not_asked_is_not_asked_either() -> None:
    first = question("single")
    second = question("single", pk=2, shown_if_id=1, shown_if_option="a1")
    third = question("text", pk=3, shown_if_id=2, shown_if_option="a1", is_required=True)

    assert fitting([first, second, third], {"q1": "a2", "q2": "a1"}) == ({"q1": "a2"}, {})


def test_one_of_several_chosen_answers_leads_on() -> None:
    second = question("text", pk=2, shown_if_id=1, shown_if_option="a2")

    assert is_asked(second, {"q1": ["a1", "a2"]})
    assert not is_asked(second, {"q1": ["a1"]})
    assert not is_asked(second, {})


def test_own_words_are_those_of_texts_and_places_alone() -> None:
    assert words_of(question("text"), "Gut.") == "Gut."
    assert words_of(question("place"), {"municipality": "olpe", "words": "Markt"}) == "Markt"
    assert words_of(question("single"), "a1") == ""
    assert words_of(question("text"), None) == ""
