"""How many registered, wait, cancelled and came, over time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from andock.events import figures, people_queries
from andock.events.chart import chart
from andock.events.choices import Format
from andock.events.figures import Sum
from andock.events.models import Event, Registration
from andock.events.services.attending import Arrival, check_in
from andock.events.services.registering import accept_offer, cancel
from tests.accounts.cast import Cast
from tests.factories.events import NOW, VISITOR, confirmed, event, registered

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def days(made: Event) -> dict[int, Sum]:
    """The sums at the end of each day, by days after the first."""
    moments = figures.over_time(people_queries.movements(made))
    first = timezone.localdate(NOW)
    return {(timezone.localdate(one.since) - first).days: one.sum for one in moments}


def story(cast: Cast) -> Event:
    """Two seats: Ada and Bob (day 0), Cem and his friend wait (day 1), Ada cancels (day 3), Bob comes.

    Emil fills in the form and never confirms.
    """
    made = event(cast.olpe, seats=2, seats_each=2)
    ada, bob = confirmed(made, "Ada"), confirmed(made, "Bob")
    confirmed(made, "Cem", seats=2, now=NOW + DAY)
    dora = confirmed(made, "Dora", now=NOW + 2 * DAY)
    registered(made, "Emil", now=NOW + 2 * DAY)
    cancel(actor=VISITOR, registration=ada, now=NOW + 3 * DAY)
    accept_offer(actor=VISITOR, registration=dora, now=NOW + 4 * DAY)
    arrival = Arrival(uuid4(), bob.pk, 0, made.starts_at)
    check_in(actor=cast.olpe_editor, event=made, arrivals=[arrival], now=made.starts_at)
    return made


def test_figures_of_each_day_are_what_was_true_on_it(cast: Cast) -> None:
    found = days(story(cast))

    assert found[0] == Sum(registered=2)
    assert found[1] == Sum(registered=2, waiting=2)
    assert found[2] == Sum(registered=2, waiting=3)
    assert found[3] == Sum(registered=1, waiting=3, cancelled=1)
    assert found[4] == Sum(registered=2, waiting=2, cancelled=1)
    assert found[28] == Sum(registered=2, waiting=2, cancelled=1, came=1)
    assert sorted(found) == list(range(29))


def test_sums_now_are_the_last_of_the_days(cast: Cast) -> None:
    made = story(cast)

    assert figures.total(people_queries.movements(made)) == days(made)[28]


def test_figures_stay_when_the_names_are_gone(cast: Cast) -> None:
    made = story(cast)
    before = days(made)

    Registration.objects.update(
        name="", email="", email_key="", companions=[], answers={}, note="", reason="", access_needs="",
        catering_needs="", request_key=None, origin_hash="", anonymised_at=NOW + 120 * DAY,
    )  # fmt: skip

    assert days(made) == before


def test_figures_are_told_by_way_to_attend(cast: Cast) -> None:
    made = event(cast.olpe, format=Format.HYBRID)
    confirmed(made, "Ada")
    allotment = made.allotments.get(attendance="online")
    online = registered(made, "Bob")
    Registration.objects.filter(pk=online.pk).update(allotment=allotment, seated_at=NOW, confirmed_at=NOW)

    rows = people_queries.movements(made)

    assert [(way.attendance, way.sum.registered) for way in figures.ways(rows)] == [("room", 1), ("online", 1)]


def test_rush_of_an_hour_is_told_by_the_hour(cast: Cast) -> None:
    made = event(cast.olpe, seats=None)
    for minutes in (1, 2, 61, 130):
        confirmed(made, f"Gast{minutes}", now=NOW + timedelta(minutes=minutes))

    moments = figures.over_time(people_queries.movements(made))

    assert [one.sum.registered for one in moments] == [2, 3, 4]
    assert all(one.is_hour for one in moments)


def test_day_is_twenty_five_hours_long_when_the_clocks_go_back(cast: Cast) -> None:
    made = event(cast.olpe, seats=None, starts_at=NOW + timedelta(weeks=40))
    first = datetime(2026, 10, 20, 10, tzinfo=UTC)
    confirmed(made, "Ada", now=first)
    confirmed(made, "Bob", now=datetime(2026, 10, 28, 11, tzinfo=UTC))

    moments = figures.over_time(people_queries.movements(made))

    assert [timezone.localtime(one.since).hour for one in moments] == [0] * 9
    assert max(one.until.astimezone(UTC) - one.since.astimezone(UTC) for one in moments) == timedelta(hours=25)  # fmt: skip


def test_chart_stacks_who_waits_on_who_is_registered_within_its_frame(cast: Cast) -> None:
    moments = figures.over_time(people_queries.movements(story(cast)))
    drawn = chart(moments)
    assert drawn

    second = [bar for bar in drawn.bars if bar.x == f"{100 / 29:.2f}%"]
    assert [bar.kind for bar in second] == ["seats", "waiting"]
    assert float(second[0].y[:-1]) == pytest.approx(float(second[1].y[:-1]) + float(second[1].height[:-1]), abs=0.02)
    values = [float(value[:-1]) for bar in drawn.bars for value in (bar.x, bar.y, bar.width, bar.height)]
    assert min(values) >= 0
    assert max(values) <= 100
    assert [mark.text for mark in drawn.numbers] == ["2", "5"]
    assert {line.kind for line in drawn.lines} == {"edge", "queue", "cancelled", "came"}


def test_chart_of_nothing_is_none(cast: Cast) -> None:
    made = event(cast.olpe)
    registered(made, "Emil")

    assert chart(figures.over_time(people_queries.movements(made))) is None
