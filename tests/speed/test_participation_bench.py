"""The bench of participation measures what it says: the same ideas, real pages, and every request that counts once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from andock.bench import ideas, participation, servers
from andock.bench.crowd import Crowd
from andock.bench.load import Sample
from andock.bench.measurement import COLD, CONSTANT, FIRST_EVER, WAGTAIL, WARM, Result, Target
from andock.bench.participation import (
    DETAIL,
    LIST,
    PLACES,
    SECOND,
    SIMILAR,
    SUPPORTED,
    Participation,
    Plan,
    Writing,
    named,
    pages_of,
)
from andock.bench.report import participation_tables
from andock.bench.rush import PROXY
from andock.bench.servers import Server
from andock.ideas.models import Idea, Remark, Support
from andock.participation.models import Answered, Contribution
from tests.databases import POSTGRES
from tests.speed.conftest import REGION

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SIZES = (30, 60)


@pytest.fixture
def filled(region: None) -> list[ideas.Collection]:
    return ideas.fill(SIZES, NOW, remarks=9)


def test_collections_are_what_their_sizes_say(filled: list[ideas.Collection]) -> None:
    small, large = filled

    assert [Idea.objects.filter(contribution__process=one.process).count() for one in filled] == [30, 60]
    assert not Idea.objects.filter(latitude=None).exists()
    assert Remark.objects.filter(idea=large.first).count() == 9
    assert Remark.objects.filter(idea=large.first, answers_to__isnull=False).count() == 3
    assert Remark.objects.count() == 9 + 3 + 6
    assert {one % ideas.SUPPORTED for one in _places(small, Support.objects.values_list("idea", flat=True))} == {0}
    assert Answered.objects.count() == 1 + 2


def _places(collection: ideas.Collection, numbers: Sequence[int]) -> list[int]:
    return [number - collection.first for number in numbers if number < collection.first + collection.size]


def test_numbers_go_on_behind_those_that_were_given(filled: list[ideas.Collection]) -> None:
    last = Contribution.objects.order_by("-pk")[0]
    last.pk = None

    last.save()

    assert Contribution.objects.count() == last.pk == sum(SIZES) + 9 + 9 + 1


def test_every_page_that_is_measured_shows_its_ideas(filled: list[ideas.Collection]) -> None:
    made = {
        "lists": {one.size: one.address for one in filled},
        "idea": f"{filled[1].address}{filled[1].first}/",
        "remarks": 9,
    }
    pages = {name: Client().get(path).content.decode() for name, path in pages_of(made).items()}

    assert pages[named(LIST, 60)].count('href="/beteiligung/ideen-60/ideen/') >= 20
    assert pages[named(SECOND, 30)] != pages[named(LIST, 30)] != pages[named(SUPPORTED, 30)]
    assert len(json.loads(pages[named(PLACES, 60)])["features"]) == 60
    assert pages[f"{DETAIL}, 9 remarks"].count('id="beitrag-') == 9


def test_real_processes_read_and_write_and_leave_nothing(own_database_url: str, tmp_path: Path) -> None:
    env = servers.environment(tmp_path, "participation", **PROXY, ANDOCK_DATABASE_URL=own_database_url)
    plan = Plan(sizes=SIZES, remarks=9, people=10, rounds=1, seconds=0.01)

    found = participation.run("here", env, REGION, plan)

    assert {writing.name for writing in found.writings if writing.lost or writing.crowd.errors} == set()
    assert all(writing.queries for writing in found.writings)
    assert {result.target.page for result in found.results if result.queries is None} == {CONSTANT, WAGTAIL}
    assert SIMILAR in json.dumps(found.as_json())
    assert [one.row_count for one in participation_tables([found])] == [len(found.results), 5, len(found.promises)]
    if POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'andock_bench%'")
            assert cursor.fetchone() == (0,)


def test_promise_is_kept_by_the_worst_it_speaks_of() -> None:
    kept = {promise.name: promise.is_kept for promise in measured(slow=FIRST_EVER, queries=16, lost=1).promises}

    assert kept == {
        "most queries of a page: places, 20 ideas": True,
        "queries: idea": False,
        "errors and lost": False,
        "warm, × constant: idea, 2 remarks": True,
        "list, 10 ideas, cold, × Wagtail": True,
        "list, 20 ideas, cold, × Wagtail": True,
        "list, 20 ideas, cold and first ever, × the time of 10": False,
        "list, page 2, 20 ideas, cold and first ever, × the time of 10": True,
        **{f"places, {size} ideas, {what}": True for size in (10, 20) for what in ("warm", "as sent")},
        **{f"places, {size} ideas, cold and first ever": True for size in (10, 20)},
    }
    assert all(promise.is_kept for promise in measured().promises)


def measured(*, slow: str = "", queries: int = 15, lost: int = 0) -> Participation:
    """Everything takes 20 ms, but for the list of the larger collection in one state."""
    pages = [named(page, size) for page in (LIST, SECOND, SUPPORTED, PLACES) for size in (10, 20)] + ["idea, 2 remarks"]
    results = [_result(CONSTANT, "", 50), _result(WAGTAIL, "", 50)]
    results += [
        _result(page, kind, 10 if kind == slow and page == named(LIST, 20) else 50)
        for page, kind in product(pages, (WARM, COLD, FIRST_EVER))
    ]
    crowd = Crowd(10, 1, 1, 0)
    return Participation("here", (10, 20), 1, results, crowd, [Writing("idea", crowd, queries, lost)])


def _result(page: str, kind: str, rate: float) -> Result:
    return Result(Target(page, kind, Server(1, 1), "/"), 5, [Sample(rate, 20, 20, 1000, 1)])
