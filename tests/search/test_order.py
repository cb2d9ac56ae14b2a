"""The same documents in the same order on every database, in whatever order they were written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from andock.search.models import Building, Document, Filing, Posting, Shortening, Term, Word
from andock.search.queries import Facets, find
from andock.search.services import put_all
from tests.search.corpus import entries
from tests.search.questions import made, written

pytestmark = pytest.mark.django_db

MODELS = (Document, Filing, Term, Word, Shortening, Posting, Building)
NARROWED = (Facets(), Facets(kind="events"), Facets(place="05974040"), Facets(topic="klima"), Facets(year=2022))


@contextmanager
def beside() -> Iterator[None]:
    """Everything meanwhile is asked of an SQLite database of its own that has the tables of the search only."""
    own = connections["default"]
    lite = DatabaseWrapper(
        own.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    )
    connections["default"] = lite
    try:
        with lite.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        yield
    finally:
        lite.close()
        connections["default"] = own


def order() -> list[tuple[str, list[tuple[int, int]]]]:
    """The number and score of every hit of every question, narrowed in every way, with the facets."""
    asked = [question.ask for question in written() + made()]
    found = ((ask, find(ask, facets=facets, count=10_000)) for ask in asked for facets in NARROWED)
    return [(ask, [(hit.document, hit.score) for hit in one.hits], one.facets) for ask, one in found]


def test_every_database_answers_alike_whatever_was_written_first() -> None:
    corpus = entries()
    put_all(source="trial", groups={one.key: [one] for one in corpus})
    here = order()

    with beside():
        for one in reversed(corpus):
            put_all(source="trial", groups={one.key: [one]})
        there = order()

    assert sum(len(hits) for _ask, hits, _facets in here) > 400
    assert here == there


def test_the_other_database_has_all_tables_of_the_search() -> None:
    assert set(MODELS) == set(apps.get_app_config("search").get_models())
