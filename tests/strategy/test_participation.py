"""Who takes part on a day: certain and possible."""

from datetime import date

import pytest

from andock.organisations.models import Municipality
from andock.strategy.queries import Participation, participation_on, periods_on
from tests.factories.organisations import docked, municipality

pytestmark = pytest.mark.django_db


def counted(day: date, *towns: Municipality) -> Participation:
    return participation_on(day, towns, periods_on(day))


def test_participation_counts_certain_and_possible() -> None:
    olpe = municipality("Olpe", "05966024", population=3000)
    wenden = municipality("Wenden", "05966028", population=2000)
    balve = municipality("Balve", "05962008", population=5000)
    docked(olpe, "2019-07-09", "pioneer")
    docked(wenden, "[2020-09-15..2021-23]")

    found = counted(date(2021, 6, 1), olpe, wenden, balve)

    assert (found.certain, found.possible, found.total) == (1, 2, 3)
    assert (found.population_certain, found.population_possible, found.population_total) == (3000, 5000, 10_000)
    assert found.population_on == date(2023, 12, 31)
    assert found.share == 0.3


def test_supporter_does_not_count_as_taking_part() -> None:
    olpe = municipality("Olpe")
    docked(olpe, role="supporter")

    assert counted(date(2024, 1, 1), olpe).possible == 0


def test_municipality_that_left_counts_until_its_last_day() -> None:
    olpe = municipality("Olpe")
    docked(olpe, "2019-07-09", until="2022-06")

    days = {day: counted(day, olpe) for day in (date(2022, 5, 31), date(2022, 6, 15), date(2022, 7, 1))}

    assert [(found.certain, found.possible) for found in days.values()] == [(1, 1), (0, 1), (0, 0)]


def test_docking_may_precede_the_first_edition() -> None:
    olpe = municipality("Olpe")
    docked(olpe, "2019-07-09")

    assert counted(date(2019, 7, 9), olpe).certain == 1


def test_change_of_role_in_the_middle_of_a_month_leaves_no_gap() -> None:
    olpe = municipality("Olpe")
    docked(olpe, "2021", until="2024-05")
    docked(olpe, "2024-05", "pioneer")

    assert counted(date(2024, 5, 15), olpe).certain == 1
