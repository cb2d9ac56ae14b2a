"""The figures of transfers, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from andock.kernel.dates import parse_date
from andock.knowledge.figures import (
    Count,
    InOperation,
    LeadTime,
    Told,
    as_known,
    by_solution,
    in_operation,
    lead_times,
    reached,
    typical,
)

DAY = date(2025, 6, 30)


def told(
    receiver: str, stage: str, when: str, *, recorded: str = "2025-01-01", replaced: str = "", **values: Any
) -> Told:
    return Told(
        **{"solution": "app", "is_confirmed": False} | values, receiver=receiver, stage=stage, when=parse_date(when),
        recorded_on=date.fromisoformat(recorded), replaced_on=date.fromisoformat(replaced) if replaced else None,
    )  # fmt: skip


def runs(receiver: str, when: str, **values: Any) -> Told:
    return told(receiver, "in_operation", when, **values)


def counts(found: InOperation) -> tuple[tuple[int, int], tuple[int, int]]:
    """Confirmed, reported: each certain and possible."""
    confirmed, reported = found.confirmed, found.reported
    return (confirmed.certain, confirmed.possible), (reported.certain, reported.possible)


def test_nothing_told_is_nothing_in_operation() -> None:
    assert counts(in_operation([], DAY)) == ((0, 0), (0, 0))
    assert by_solution([], DAY) == {}


def test_organisation_counts_once_and_confirmed_ones_are_among_the_reported() -> None:
    rows = [
        runs("olpe", "2024-01-01", is_confirmed=True),
        runs("olpe", "2024-05-01", solution="sensor"),
        runs("soest", "2025-06-30"),
        runs("menden", "2025-07-01"),
        told("brilon", "implementing", "2024"),
    ]

    assert counts(in_operation(rows, DAY)) == ((1, 1), (2, 2))
    assert by_solution(rows, DAY) == {
        "app": InOperation(Count(1, 1), Count(2, 2)),
        "sensor": InOperation(Count(0, 0), Count(1, 1)),
    }


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        ("2024", (1, 1)),
        ("2025", (0, 1)),
        ("2025-06", (1, 1)),
        ("2025-22", (0, 1)),
        ("2025-07", (0, 0)),
        ("[..2025-12]", (0, 1)),
        ("[2025-07-01..2026]", (0, 0)),
    ],
)
def test_date_known_only_roughly_makes_what_is_certain_and_what_is_possible(begun: str, expected: tuple) -> None:
    assert counts(in_operation([runs("olpe", begun)], DAY))[1] == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2025-06-30", (0, 0)),
        ("2025-07-01", (1, 1)),
        ("2025", (0, 1)),
        ("2025-05", (0, 0)),
        ("[..2025-05]", (0, 0)),
        ("2023", (1, 1)),
    ],
)
def test_ended_transfer_no_longer_counts(ended: str, expected: tuple) -> None:
    rows = [runs("olpe", "2024-03"), told("olpe", "ended", ended), told("olpe", "ended", "2025-01", solution="sensor")]

    assert counts(in_operation(rows, DAY))[1] == expected


def test_transfer_begun_again_counts_again() -> None:
    rows = [runs("olpe", "2022"), told("olpe", "ended", "2023"), runs("olpe", "2024")]

    found = [counts(in_operation(rows, date(year, 12, 31)))[1] for year in (2021, 2022, 2023, 2024)]

    assert found == [(0, 0), (1, 1), (0, 0), (1, 1)]


def test_correction_changes_what_is_known_and_not_what_was_known() -> None:
    rows = [
        runs("olpe", "2024-01-01", recorded="2025-02-01", replaced="2025-05-01"),
        told("olpe", "decided", "2024-01-01", recorded="2025-05-01"),
    ]

    known = [
        counts(in_operation(as_known(rows, day), DAY))[1]
        for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 4, 30), date(2025, 5, 1))
    ]

    assert known == [(0, 0), (1, 1), (1, 1), (0, 0)]


def test_confirmation_moves_one_from_reported_to_confirmed() -> None:
    rows = [
        runs("olpe", "2024", recorded="2025-02-01", replaced="2025-05-01"),
        runs("olpe", "2024-03-01", recorded="2025-05-01", is_confirmed=True),
    ]

    assert counts(in_operation(as_known(rows, date(2025, 4, 30)), DAY)) == ((0, 0), (1, 1))
    assert counts(in_operation(as_known(rows, date(2025, 5, 1)), DAY)) == ((1, 1), (1, 1))


def test_lead_time_is_as_exact_as_its_two_days() -> None:
    rows = [
        told("olpe", "interested", "2024-01-01"), runs("olpe", "2024-01-31"),
        told("soest", "interested", "2024-01"), runs("soest", "2024-03"),
        told("menden", "interested", "[..2024-02]"), runs("menden", "2024-04-01"),
        told("brilon", "interested", "2024"), runs("brilon", "2026-01-01"),
        runs("wenden", "2024"),
    ]  # fmt: skip

    times = lead_times(rows, DAY)

    assert times == [LeadTime(30, 30), LeadTime(30, 90), LeadTime(32, None)]
    assert typical(times) == LeadTime(30, 90)
    assert typical(times[2:]) == LeadTime(32, None)
    assert typical([]) is None


def test_last_stage_reached_by_a_day() -> None:
    rows = [told("olpe", "interested", "2024"), told("olpe", "decided", "2024"), told("olpe", "implementing", "2026")]

    assert [row.stage for row in reached(rows, DAY).values()] == ["decided"]
    assert reached(rows, date(2023, 12, 31)) == {}
