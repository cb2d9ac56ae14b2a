"""How many took part from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andock.kernel.dates import parse_date
from andock.register.chart import chart
from andock.register.timeline import MOST_STEPS, Step, steps, thinned
from andock.strategy.models import DockingPeriod
from andock.strategy.queries import participation_on

ALIVE = (None, None)


def period(since: str, until: str = "", organisation: int = 1, role: str = "participating") -> DockingPeriod:
    start, end = parse_date(since), parse_date(until) if until else None
    found = DockingPeriod(
        role=role, since_text=since, since_earliest=start.earliest, since_latest=start.latest, until_text=until,
        until_earliest=end and end.earliest, until_latest=end and end.latest,
    )  # fmt: skip
    found._state.fields_cache["docking"] = SimpleNamespace(organisation_id=organisation)
    return found


def test_exact_day_is_one_step_for_certain_and_possible() -> None:
    assert steps([period("2020-03-01")], {1: ALIVE}) == [Step(date(2020, 3, 1), 1, 1)]


def test_season_is_possible_from_its_first_day_and_certain_from_its_last() -> None:
    found = steps([period("2021-23")], {1: ALIVE})

    assert found == [Step(date(2021, 9, 1), 0, 1), Step(date(2021, 11, 30), 1, 1)]


def test_better_basis_on_the_same_day_changes_no_number() -> None:
    assert steps([period("2020-03-01", "2021-05-04"), period("2021-05-04")], {1: ALIVE}) == [
        Step(date(2020, 3, 1), 1, 1)
    ]


def test_role_that_changes_on_an_uncertain_day_leaves_no_gap() -> None:
    found = steps([period("2020-03-01", "2021-10"), period("2021-10", role="pioneer")], {1: ALIVE})

    assert found == [Step(date(2020, 3, 1), 1, 1)]


def test_pause_is_a_gap() -> None:
    found = steps([period("2020-01-01", "2021-01-01"), period("2022-01-01")], {1: ALIVE})

    assert [(step.since.year, step.certain) for step in found] == [(2020, 1), (2021, 0), (2022, 1)]


def test_supporters_and_what_is_no_municipality_do_not_count() -> None:
    assert steps([period("2020", role="supporter"), period("2020", organisation=7)], {1: ALIVE}) == []


def test_town_that_is_no_more_no_longer_counts() -> None:
    found = steps([period("2020-01-01")], {1: (None, date(2023, 1, 1))})

    assert found == [Step(date(2020, 1, 1), 1, 1), Step(date(2023, 1, 1), 0, 0)]


DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))
SINCE = st.one_of(
    DAYS.map(str), DAYS.map(lambda day: f"{day:%Y-%m}"), st.sampled_from(["2020", "2020-23", "[..2020-22]"])
)
PERIODS = st.lists(st.tuples(SINCE, st.one_of(st.just(""), SINCE), st.integers(1, 4)), max_size=6)


@given(PERIODS, DAYS)
def test_time_line_agrees_with_the_count_of_every_day(given_periods: list[tuple[str, str, int]], day: date) -> None:
    periods = [
        period(since, until, organisation)
        for since, until, organisation in given_periods
        if not until or (parse_date(until).earliest or date.min) >= parse_date(since).latest
    ]
    towns = [SimpleNamespace(pk=pk, population=1, population_on=day) for pk in (1, 2, 3)]
    of_the_day = [
        one
        for one in periods
        if (one.since_earliest is None or one.since_earliest <= day)
        and (one.until_latest is None or one.until_latest > day)
    ]

    counted = participation_on(day, towns, of_the_day)
    last = [step for step in steps(periods, {1: ALIVE, 2: ALIVE, 3: ALIVE}) if step.since <= day][-1:]

    assert (counted.certain, counted.possible) == ((last[0].certain, last[0].possible) if last else (0, 0))


# --- drawing ----------------------------------------------------------------------------------------------------------
def test_many_steps_are_drawn_by_the_quarter() -> None:
    found = [Step(date(2000, 1, 1) + timedelta(days=20 * number), number, number) for number in range(MOST_STEPS + 1)]

    assert len(thinned(found)) < 40
    assert thinned(found)[-1] == found[-1]


def test_nobody_ever_draws_nothing() -> None:
    assert chart([], date(2020, 1, 1), date(2020, 1, 1)) is None


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2021, 6, 1), date(2040, 1, 1), date.max])
def test_bars_end_inside_the_drawing(day: date) -> None:
    drawn = chart([Step(date(2020, 5, 1), 1, 3), Step(date(2021, 5, 1), 3, 3)], day, date(2022, 1, 1))

    assert drawn
    right = [float(bar.x[:-1]) + float(bar.width[:-1]) for bar in drawn.bars]
    assert max(right) == pytest.approx(100, abs=0.02)
    assert bool(drawn.day) == (day.year > 2019)
    assert len(drawn.years) <= 9
