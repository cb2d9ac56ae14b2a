"""The index says what was written last: with the deed, at once, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from andock.search.models import Document, Filing, Posting, Term, Word
from andock.search.queries import Facets, find
from andock.search.services import Wanted, forget_unused_words, put_all, remove
from andock.search.services import replace as replace_group
from andock.search.source import Entry

pytestmark = pytest.mark.django_db

BEE = Entry("1", "project", "/bienen/", "Digitale Bienenstöcke", "Kinder werten Daten aus.", year=2022)
TREE = Entry("2", "project", "/baeume/", "Bodenfeuchte junger Straßenbäume", "Sensoren melden Durst.", year=2024)


def put(*entries: Entry, group: str = "all") -> int:
    return replace_group(source="trial", group=group, entries=entries)


def titles(question: str, **asked: object) -> list[str]:
    return [Document.objects.get(pk=hit.document).title for hit in find(question, **asked).hits]


def test_entry_is_found_in_the_transaction_that_writes_it_and_gone_with_it() -> None:
    with transaction.atomic():
        put(BEE)
        found = titles("Bienenstock")
        transaction.set_rollback(True)

    assert found == [BEE.title]
    assert titles("Bienenstock") == []


def test_changed_entry_is_found_by_its_new_words_only() -> None:
    put(BEE, TREE)

    assert put(replace(BEE, title="Digitale Ameisenhaufen"), TREE) == 1
    assert titles("Ameisen") == ["Digitale Ameisenhaufen"]
    assert titles("Bienenstöcke") == []
    assert titles("Straßenbaum") == [TREE.title]


def test_same_entries_are_not_written_again() -> None:
    put(BEE, TREE)

    with CaptureQueriesContext(connection) as queries:
        assert put(BEE, TREE) == 0

    assert [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


def test_removed_group_leaves_nothing_that_could_be_found() -> None:
    put(BEE)
    put(TREE, group="other")

    assert remove(source="trial", group="all") == 1
    assert titles("Bienenstock") == []
    assert titles("Bienenstöke") == [], "nor by a guess at a word that no document has"
    assert (Document.objects.count(), Filing.objects.count()) == (1, 1)
    assert set(Posting.objects.values_list("document", flat=True)) == {Document.objects.get().pk}


def test_words_of_a_removed_document_are_forgotten_when_the_index_is_made_anew() -> None:
    put(BEE)
    put(TREE, group="other")
    remove(source="trial", group="all")

    forget_unused_words()

    assert not Word.objects.filter(text="Bienenstöcke").exists()
    assert not Term.objects.filter(text="bienenstock").exists()
    assert titles("Straßenbaum") == [TREE.title]


def test_another_source_with_the_same_keys_is_left_alone() -> None:
    put(BEE)
    replace_group(source="other", group="all", entries=[replace(TREE, key="1")])

    remove(source="other", group="all")

    assert titles("Bienenstock") == [BEE.title]


def test_documents_that_fit_equally_stand_newest_first() -> None:
    put(*(replace(BEE, key=str(year), url=f"/{year}/", year=year) for year in (2021, 2025, 2023)))

    found = [Document.objects.get(pk=hit.document).url for hit in find("Bienenstock").hits]

    assert found == ["/2025/", "/2023/", "/2021/"]


def test_documents_that_draw_the_same_number_stand_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wanted, "placing", 7)

    put(BEE)
    put(TREE, group="other")

    assert set(Document.objects.values_list("pk", flat=True)) == {7, 8}


def test_facets_count_and_narrow() -> None:
    olpe, soest = replace(BEE, places=("05966024",), topics=("umwelt", "bildung")), replace(TREE, places=("05974040",))
    news = replace(TREE, key="3", kind="news", title="Digitale Bäume", topics=("umwelt",), year=None)
    put(olpe, soest, news)

    found = find("digital Bodenfeuchte Sensoren", facets=Facets())
    assert found.some_words
    found = find("Daten Durst")
    assert found.total == 3
    assert found.facets == {
        "kind": {"project": 2, "news": 1},
        "place": {"05966024": 1, "05974040": 1},
        "topic": {"umwelt": 2, "bildung": 1},
        "year": {"2022": 1, "2024": 1},
    }
    assert titles("Durst", facets=Facets(kind="news")) == [news.title]
    assert titles("Durst", facets=Facets(place="05974040")) == [TREE.title]
    assert titles("Daten", facets=Facets(topic="bildung")) == [BEE.title]
    assert titles("Durst", facets=Facets(year=2024)) == [TREE.title]
    assert titles("Durst", facets=Facets(topic="umwelt_")) == [news.title], "no sign of a pattern is one"


def test_readers_of_a_translation_find_it_and_not_the_german_page() -> None:
    german = Entry("p", "page", "/daten/", "Daten der Region", elsewhere=("en",))
    english = Entry("p", "page", "/data/", "Data of the region", language="en", elsewhere=("de", "de-simple"))
    only = Entry("q", "page", "/daten-nur-deutsch/", "Daten und Region")
    put(german, english, only)

    assert titles("Region") == [german.title, only.title] or titles("Region") == [only.title, german.title]
    assert set(titles("Region", language="en")) == {english.title, only.title}
    assert titles("Regions", language="en")[:1] == [english.title]
    assert titles("data", language="de") == []


def test_words_are_kept_once_however_often_they_stand_somewhere() -> None:
    put(BEE)
    before = Term.objects.count()

    put_all(source="trial", groups={str(number): [replace(BEE, key=f"n{number}")] for number in range(30)})

    assert Term.objects.count() == before
    assert find("Bienenstock").total == 31
