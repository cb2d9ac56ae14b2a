"""The questions themselves: how many of which kind, and that they ask for rows there are."""

from collections import Counter

from tests.search.questions import KEYS, made, passages, rows, written


def test_questions_of_six_kinds_are_written() -> None:
    assert Counter(question.kind for question in written()) == {
        "inflected": 15, "compounds": 10, "one_wrong_letter": 10, "umlauts": 10, "plain": 15,
        "strategy_and_register": 15,
    }  # fmt: skip


def test_no_question_is_asked_twice() -> None:
    asked = [question.ask.lower() for question in written() + made()]

    assert [ask for ask, count in Counter(asked).items() if count > 1] == []


def test_what_must_be_found_are_rows_of_the_region_and_fit_among_five() -> None:
    known = {row["id"] for name in KEYS for row in rows(name)} | {row["id"] for row in passages()}

    assert {wanted for question in written() for wanted in question.find} <= known
    assert all(1 <= len(question.find) <= 5 for question in written())


def test_every_guide_is_asked_for_by_the_longest_words_of_its_title() -> None:
    asked = {question.ask: question.find for question in made()}

    assert len(asked) == 25
    assert asked["datenplattform huerden auf"] == {"guides/G13"}
