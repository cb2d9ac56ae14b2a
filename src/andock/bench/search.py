"""How fast the search answers in 100,000 documents, beside a bare full-text index of the same database in the same run.

``run`` starts this file as a process of its own. It makes the tables of the search, and nothing else, in a database that is
empty: a file that is thrown away, or a schema of its own. Documents, words and places are written by the index's own
writer; the postings, eight million, by COPY on PostgreSQL and ``executemany`` on SQLite, and their indexes are made at the
end. Both indexes are as fresh as they ever get: FTS5 optimised, PostgreSQL after VACUUM ANALYZE, as autovacuum leaves it.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import django
from django.db import connection, transaction

from . import servers
from .corpus import DOCUMENTS, SHARES, Question, documents, questions
from .settings import SCHEMA

if TYPE_CHECKING:
    from andock.search.source import Entry

ROUNDS, HITS, AT_ONCE = 5, 20, 2_000
MOST_TIMES_BARE, MOST_MS = 4.0, 60.0
SOURCE = "bench"
NAMED = "ANDOCK_BENCH_DATABASE_URL"
TABLES = "search_document, search_filing, search_term, search_word, search_shortening, search_posting"


class NotOurs(Exception):
    """The database is none that may be filled with invented documents."""


# --- what comes of it -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """A question: documents that match, and milliseconds until hits and facets were there, and the bare index's hits."""

    third: str
    kind: str
    matches: int
    search: float
    bare: float


@dataclass(frozen=True, slots=True)
class Third:
    """The questions that match about as many documents: medians of matches and milliseconds."""

    name: str
    matches: float
    search: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.search / self.bare

    @property
    def is_kept(self) -> bool:
        return self.ratio <= MOST_TIMES_BARE and self.search <= MOST_MS


@dataclass(frozen=True, slots=True)
class Searched:
    """One database's figures."""

    database: str
    documents: int
    filled_in: float
    asked: Sequence[Asked]

    @property
    def thirds(self) -> list[Third]:
        grouped = groupby(sorted(self.asked, key=lambda one: list(SHARES).index(one.third)), key=lambda one: one.third)
        return [_third(name, list(asked)) for name, asked in grouped]

    def as_json(self) -> dict[str, object]:
        thirds = [asdict(third) | {"ratio": third.ratio, "kept": third.is_kept} for third in self.thirds]
        return asdict(self) | {"thirds": thirds}


def _third(name: str, asked: Sequence[Asked]) -> Third:
    return Third(
        name, *(statistics.median(getattr(one, what) for one in asked) for what in ("matches", "search", "bare"))
    )


def run(database: str, env: Mapping[str, str], *, number: int = DOCUMENTS) -> Searched:
    """Fill the database that ``env`` names and ask it."""
    told = json.loads(servers.run_python(["-m", "andock.bench.search", str(number)], env))
    return Searched(database, number, told["filled_in"], [Asked(**one) for one in told["asked"]])


# --- filling ----------------------------------------------------------------------------------------------------------
@contextmanager
def own_tables() -> Iterator[None]:
    """The tables of the search, and of the bare index. Inside, they have no keys to each other and few indexes yet."""
    from django.apps import apps

    with connection.schema_editor(atomic=False) as editor:
        for model in apps.get_app_config("search").get_models():
            editor.create_model(model)
        make_bare()
        yield


def fill(entries: Iterable[Entry]) -> None:
    """Write documents into the index of the search and into the bare one."""
    from andock.search.services import Wanted, with_words

    waiting = iter(entries)
    while step := list(islice(waiting, AT_ONCE)):
        with transaction.atomic():
            _put_postings(with_words([Wanted(SOURCE, entry.key, entry) for entry in step]))
            put_bare(step)


def _put_postings(rows: Iterable[tuple[int, int, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY search_posting (document_id, term_id, weight) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            statement = "INSERT INTO search_posting (document_id, term_id, weight) VALUES (%s, %s, %s)"
            cursor.executemany(statement, list(rows))


# --- the bare index ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bare:
    """The statements of a database's own full-text index over one column, and its words for "or" and "and"."""

    make: str
    put: str
    hits: str
    count: str
    settle: Sequence[str]
    either: str
    both: str


BARE = {
    "sqlite": Bare(
        make="CREATE VIRTUAL TABLE bench_bare USING fts5(words)",
        put="INSERT INTO bench_bare (rowid, words) VALUES (%s, %s)",
        hits="SELECT rowid FROM bench_bare WHERE bench_bare MATCH %(asked)s ORDER BY rank LIMIT %(hits)s",
        count="SELECT COUNT(*) FROM bench_bare WHERE bench_bare MATCH %(asked)s",
        settle=("INSERT INTO bench_bare (bench_bare) VALUES ('optimize')", "PRAGMA wal_checkpoint(TRUNCATE)"),
        either=" OR ",
        both=" AND ",
    ),
    "postgresql": Bare(
        make="CREATE TABLE bench_bare (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        put="INSERT INTO bench_bare (id, words) VALUES (%s, to_tsvector('german', %s))",
        hits=(
            "SELECT id FROM bench_bare WHERE words @@ to_tsquery('german', %(asked)s) "
            "ORDER BY ts_rank(words, to_tsquery('german', %(asked)s)) DESC LIMIT %(hits)s"
        ),
        count="SELECT COUNT(*) FROM bench_bare WHERE words @@ to_tsquery('german', %(asked)s)",
        settle=(
            "CREATE INDEX bench_bare_words ON bench_bare USING gin (words)",
            f"VACUUM ANALYZE bench_bare, {TABLES}",
        ),
        either=" | ",
        both=" & ",
    ),
}


def bare() -> Bare:
    return BARE[connection.vendor]


def make_bare() -> None:
    _execute(bare().make)


def put_bare(entries: Iterable[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(bare().put, [(int(entry.key), f"{entry.title} {entry.text}") for entry in entries])


def asked_bare(question: Question) -> str:
    """The question with everything that stands for its words written out: the bare index knows nothing of that."""
    return bare().both.join(f"({bare().either.join(word)})" for word in question.words)


def hits_of_bare(question: Question) -> list[tuple[Any, ...]]:
    return _rows(bare().hits, asked=asked_bare(question), hits=HITS)


def matches_of(question: Question) -> int:
    [[count]] = _rows(bare().count, asked=asked_bare(question))
    return int(count)


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


# --- asking -----------------------------------------------------------------------------------------------------------
def answer(question: Question) -> None:
    """What a page of hits needs of the database: twenty with their texts, how many there are, and the facets."""
    from andock.search import queries

    found = queries.find(question.ask, count=HITS)
    queries.documents([hit.document for hit in found.hits])


def ask(asked: Sequence[Question], rounds: int = ROUNDS) -> list[Asked]:
    """All questions once untimed, then in every round each of both, one right after the other."""
    times: dict[tuple[Question, Callable[..., Any]], list[float]] = {}
    for _round in range(rounds + 1):
        for question in asked:
            for way in (answer, hits_of_bare):
                times.setdefault((question, way), []).append(_milliseconds(way, question))
    return [
        Asked(one.third, one.kind, matches_of(one), _middle(times[one, answer]), _middle(times[one, hits_of_bare]))
        for one in asked
    ]


def _milliseconds(way: Callable[..., Any], question: Question) -> float:
    began = time.perf_counter()
    way(question)
    return 1000 * (time.perf_counter() - began)


def _middle(times: Sequence[float]) -> float:
    return statistics.median(times[1:])


# --- the process ------------------------------------------------------------------------------------------------------
@contextmanager
def empty_database() -> Iterator[None]:
    """A database without any tables: a new file, or a schema of our own in the one that is named for measuring."""
    if connection.vendor == "postgresql":
        if os.environ.get(NAMED) != os.environ.get("ANDOCK_DATABASE_URL"):
            raise NotOurs(f"Name the database to measure in: {NAMED}=postgres://… andock bench --search")
        _execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
    if connection.introspection.table_names():
        raise NotOurs(f"{connection.settings_dict['NAME']} holds something already.")
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            _execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def measured(number: int) -> dict[str, object]:
    with empty_database():
        began = time.perf_counter()
        with own_tables():
            fill(documents(number))
        _execute(*bare().settle)
        filled_in = time.perf_counter() - began
        return {"filled_in": filled_in, "asked": [asdict(one) for one in ask(questions())]}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measured(int(sys.argv[1]))))  # noqa: T201
