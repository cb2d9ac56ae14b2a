"""In what order things happen: what certainly contradicts is refused, what may be true is not."""

from __future__ import annotations

from datetime import date

import pytest

from andock.kernel.dates import parse_date
from andock.knowledge.course import Step, objection
from andock.knowledge.givers import goes_round

TODAY = date(2026, 5, 4)
pytestmark = pytest.mark.usefixtures("english")


def step(text: str) -> Step:
    stage, when = text.split(maxsplit=1)
    return Step(stage, parse_date(when))


def ask(others: list[str], new: str) -> tuple[str, str]:
    return objection([step(one) for one in others], step(new), TODAY)


@pytest.mark.parametrize(
    ("others", "new"),
    [
        ([], "interested 2024"),
        ([], "in_operation 2026-05-04"),
        ([], "in_operation 2026"),
        ([], "in_operation [..2027]"),
        ([], "ended 2022"),
        (["interested 2024"], "decided 2024"),
        (["decided 2024"], "interested 2024-11"),
        (["decided 2024"], "interested [2024-06..2026]"),
        (["in_operation 2024"], "ended 2024"),
        (["interested 2021", "ended 2022"], "in_operation 2024"),
        (["in_operation 2022", "ended 2023"], "in_operation 2024"),
        (["in_operation 2022", "ended 2023"], "interested 2024"),
        (["in_operation 2022", "ended 2023", "in_operation 2024"], "ended 2025"),
        (["in_operation 2022", "in_operation 2025"], "ended 2024"),
        (["ended 2024"], "in_operation 2022"),
        (["in_operation 2022", "ended 2023"], "decided 2022-06"),
        (["decided 2025"], "retracted 2020"),
    ],
)
def test_what_may_be_true_is_let_in(others: list[str], new: str) -> None:
    assert ask(others, new)[1] == ""


@pytest.mark.parametrize(
    ("others", "new", "field", "words"),
    [
        ([], "interested 2027", "date_text", "still to come"),
        ([], "in_operation 2026-05-05", "date_text", "still to come"),
        ([], "decided [2026-06..2027]", "date_text", "still to come"),
        (["in_operation 2024"], "ended 2022", "date_text", "cannot end before it has begun"),
        (["ended 2022"], "in_operation 2024", "date_text", "cannot end before it has begun"),
        (["interested 2023", "in_operation 2024"], "ended 2022", "date_text", "cannot end before it has begun"),
        (["decided 2024"], "interested 2025", "date_text", "“decided (2024)” would come before “interested (2025)”"),
        (["interested 2025"], "decided 2024", "date_text", "“decided (2024)” would come before “interested (2025)”"),
        (["decided 2024"], "decided 2024", "stage", "“decided (2024)” stands here already"),
        (["decided 2024"], "decided 2025", "stage", "stands here already"),
        (["in_operation 2022", "ended 2023"], "ended 2023-06", "stage", "stands here already"),
        (["in_operation 2022", "ended 2023"], "in_operation 2022-05", "stage", "stands here already"),
    ],
)
def test_what_certainly_contradicts_is_told_at_its_field(others: list[str], new: str, field: str, words: str) -> None:
    told = ask(others, new)

    assert told[0] == field
    assert words in told[1]


@pytest.mark.parametrize(
    ("givers", "receiver", "giver", "expected"),
    [
        ({}, 1, 2, False),
        ({}, 1, 1, True),
        ({2: 1}, 1, 2, True),
        ({2: 3, 3: 4, 4: 1}, 1, 2, True),
        ({2: 3, 3: 4}, 1, 2, False),
        ({1: 2}, 1, 3, False),
        ({2: 3, 3: 2}, 1, 2, False),
    ],
)
def test_nobody_has_a_solution_from_itself_over_others(
    givers: dict[int, int], receiver: int, giver: int, expected: bool
) -> None:
    assert goes_round(givers, receiver, giver) is expected
