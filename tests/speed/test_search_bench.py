"""The bench of the search measures what it says: planted documents, the real index, figures for each third."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from andock.bench import search, servers
from andock.bench.corpus import SHARES, SORTS, documents, questions
from andock.bench.report import search_table
from andock.bench.search import NAMED, Asked, Searched, fill, make_bare, matches_of
from andock.search.models import Document, Filing, Posting, Shortening, Word
from andock.search.queries import find
from andock.search.services import put_all
from tests.databases import POSTGRES

NUMBER = 1000


def test_documents_are_the_same_for_the_same_seed_and_have_a_hundred_words() -> None:
    found = list(documents(50))

    assert list(documents(50)) == found != list(documents(50, seed=2))
    assert {len(f"{one.title} {one.text}".split()) for one in found} == {100}


def test_sixty_questions_of_four_sorts_are_asked_a_third_of_them_in_each_share() -> None:
    asked = questions()

    assert questions() == asked
    assert Counter((one.third, one.kind) for one in asked) == {
        (third, kind): count for third in SHARES for kind, count in SORTS.items()
    }
    assert len({one.ask for one in asked}) == 60


@pytest.fixture
def filled(db: None) -> None:
    make_bare()
    fill(documents(NUMBER))


def test_fast_way_into_the_index_leaves_what_the_writer_leaves(filled: None) -> None:
    there = written()
    for model in (Posting, Filing, Document):
        model.objects.all().delete()

    put_all(source=search.SOURCE, groups={one.key: [one] for one in documents(NUMBER)})

    assert written() == there
    assert len(there[0]) == NUMBER


def written() -> list[list[Any]]:
    """Everything the index holds; stems by their text, as their numbers are drawn."""
    return [
        list(Document.objects.order_by("pk").values_list()),
        list(Filing.objects.order_by("pk").values_list()),
        sorted(Posting.objects.values_list("document", "term__text", "weight")),
        sorted(Word.objects.values_list("term__text", "text")),
        sorted(Shortening.objects.values_list("number", "term__text")),
    ]


def test_every_question_finds_exactly_the_documents_it_was_planted_in(filled: None) -> None:
    matches = {one.ask: matches_of(one) for one in questions()}
    shares = {
        third: sum(matches[one.ask] for one in questions() if one.third == third) / 20 / NUMBER for third in SHARES
    }

    assert {ask: find(ask).total for ask in matches if matches[ask]} == {
        ask: count for ask, count in matches.items() if count
    }
    assert shares["rare"] == pytest.approx(0.003, abs=0.001)
    assert shares["common"] == pytest.approx(0.03, abs=0.003)
    assert shares["frequent"] == pytest.approx(0.25, abs=0.02)


def test_both_are_asked_for_every_question(filled: None) -> None:
    asked = search.ask(questions(), rounds=1)

    assert [(one.third, one.kind) for one in asked] == [(one.third, one.kind) for one in questions()]
    assert all(one.search > 0 < one.bare for one in asked)


def test_process_of_its_own_fills_an_empty_database_and_leaves_nothing(own_database_url: str, tmp_path: Path) -> None:
    named = {"ANDOCK_DATABASE_URL": own_database_url, NAMED: own_database_url} if POSTGRES else {}

    found = search.run("here", servers.environment(tmp_path, "search", **named), number=200)

    assert [third.name for third in found.thirds] == list(SHARES)
    assert len(json.loads(json.dumps(found.as_json()))["asked"]) == 60
    assert search_table([found]).row_count == 3
    with connection.cursor() as cursor:
        assert "bench_bare" not in connection.introspection.table_names(cursor)


def test_database_that_nobody_named_or_that_holds_something_is_left_alone(
    own_database_url: str, tmp_path: Path
) -> None:
    env = servers.environment(tmp_path, "search", ANDOCK_DATABASE_URL=own_database_url)

    with pytest.raises(servers.NotServed, match=f"{NAMED}=postgres" if POSTGRES else "holds something already"):
        search.run("here", env, number=10)


def test_third_is_kept_by_its_median_and_by_its_ratio() -> None:
    times = {"rare": (9.0, 3.0), "common": (59.0, 10.0), "frequent": (61.0, 60.0)}
    asked = [Asked(third, "one word", 1, *pair) for third, pair in times.items() for _one in range(3)]

    assert [third.is_kept for third in Searched("here", 1, 1.0, asked).thirds] == [True, False, False]
