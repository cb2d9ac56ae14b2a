"""Whatever is asked gets an answer: function words alone, signs, a megabyte."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from andock.search.answers import Piece, marked, snippet, suggestion
from andock.search.expansion import MOST_WORDS
from andock.search.queries import find
from andock.search.words import is_one_letter_off, shortened, stem

pytestmark = pytest.mark.django_db

HOSTILE = [
    "", " ", "\0", "Wald\0monitor", "%", "_", "%%%", "'; DROP TABLE search_document; --", '"Wald"', "''", "\\", "(((", "*",
    "der die das", "wie was warum", "a", "🌳", "\u202e", "ﬀ", "Wald " * 1000, "x" * 100_000, "ä" * 1000, "1" * 60,
    "Ω≈ç√∫", "Lüden\u00adscheid", "<script>alert(1)</script>", "{{ 7*7 }}", "wa" * 30,
]  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite finds rows")
@pytest.mark.parametrize("question", ["Wald", "Wald Monitor", "Trockenheit junger Bäume im Wald"])
def test_no_question_reads_every_word_there_is(corpus: None, question: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        find(question)
    statements = [query["sql"] for query in asked if "search_term t" in query["sql"]]

    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall() for statement in statements]

    assert plans
    assert not [step for plan in plans for step in plan if step[3].startswith("SCAN t")]


@pytest.mark.parametrize("question", HOSTILE, ids=lambda text: repr(text[:20]))
def test_any_question_is_answered(corpus: None, client: Client, question: str) -> None:
    answer = client.get("/suche/", {"q": question}, follow=True)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_megabyte_is_cut_and_that_is_said(corpus: None, client: Client) -> None:
    page = client.get("/suche/", {"q": "Waldmonitor " * 90_000}, follow=True).content.decode()

    assert "länger als 200 Zeichen" in page
    assert "Waldmonitor Arnsberg" in page.replace("<mark>", "").replace("</mark>", "")
    assert len(page) < 100_000


@pytest.mark.parametrize("query", ["art=%00", "kommune=%25", "thema=_", "jahr=99999", "jahr=-1", "jahr=²", "seite=0", "seite=x", "seite=9999999", "seite=²"])  # fmt: skip
def test_facets_and_pages_that_make_no_sense_break_nothing(corpus: None, client: Client, query: str) -> None:
    assert client.get(f"/suche/?q=Wald&{query}").status_code == 200


def test_only_so_many_words_are_looked_at(corpus: None) -> None:
    found = find(" ".join(f"wort{chr(97 + number)}" for number in range(25)) + " Waldmonitor")

    assert len(found.meanings) + len(found.missing) <= 2 * MOST_WORDS


def test_function_words_alone_find_nothing_and_the_page_says_what_to_do(corpus: None, client: Client) -> None:
    page = client.get("/suche/", {"q": "wie und warum"}).content.decode()

    assert find("wie und warum").total == 0
    assert "Diese Wörter stehen in jedem Text" in page


def test_mistyped_word_is_guessed_and_the_right_one_named(corpus: None, client: Client) -> None:
    found = find("digitaler Zwiling")

    assert suggestion("digitaler Zwiling", found) == "digitaler Zwilling"
    assert "Meinten Sie" in client.get("/suche/", {"q": "digitaler Zwiling"}).content.decode()


def test_word_that_stands_nowhere_is_left_out_and_named(corpus: None, client: Client) -> None:
    found = find("Waldmonitor Quastenflosser")

    assert found.missing == ["Quastenflosser"]
    assert found.total == find("Waldmonitor").total
    assert "Quastenflosser" in client.get("/suche/", {"q": "Waldmonitor Quastenflosser"}).content.decode()


def test_where_nothing_has_all_words_what_has_most_is_shown(corpus: None) -> None:
    found = find("Waldmonitor Arnsberg Aquaponik", count=100)

    assert found.some_words
    assert found.total == 2, "what has one of the three alone is left out"


def test_facet_narrows_and_keeps_the_question(corpus: None, client: Client) -> None:
    page = client.get("/suche/?q=Datenplattform&art=guides").content.decode()

    assert "/guides/G11/" in page
    assert "/solutions/P001/" not in page
    assert 'href="?q=Datenplattform"' in page


def test_page_is_kept_nowhere(corpus: None, client: Client) -> None:
    assert "no-store" in client.get("/suche/?q=Wald").headers["Cache-Control"]


QUERIES = {
    "": 0,
    "der die das": 0,
    "Waldmonitor": 2,
    "Plattform": 2,
    "digitaler Zwilling in der Stadt": 2,
    "Waldmonitor Aquaponik": 4,
    "Bienenstöke": 4,
    "Ehrenamtsplattform": 4,
}


@pytest.mark.parametrize("question", QUERIES)
def test_question_takes_the_same_queries_however_many_hits(corpus: None, question: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        find(question)

    assert len(queries) == QUERIES[question]


# --- words ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bäume", "Baum"),
        ("Baeume", "Baum"),
        ("Straßen", "Strasse"),
        ("giessen", "gießen"),
        ("SOeFA", "Söfa"),
        ("Wälder", "Waldes"),
    ],
)
def test_forms_and_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("bienenstok", "bienenstock", True), ("waldmonitro", "waldmonitor", True), ("abcd", "abed", True),
        ("abcd", "abcd", False), ("abcd", "badc", False), ("abcd", "ab", False), ("xabcd", "abcd", True),
    ],
)  # fmt: skip
def test_one_wrong_letter_is_found_by_a_shared_shortening(one: str, other: str, is_near: bool) -> None:
    assert is_one_letter_off(one, other) is is_near
    if is_near:
        assert set(shortened(one)) & set(shortened(other))


# --- snippets ---------------------------------------------------------------------------------------------------------
def text(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_snippet_marks_every_form_of_the_word() -> None:
    found = snippet("Viele Bäume, ein Baum, keine Baumschule.", {"baum"}, "de")

    assert text(found) == "Viele [Bäume], ein [Baum], keine Baumschule."


def test_snippet_shows_the_place_where_the_words_are() -> None:
    found = text(snippet("Nichts davon. " * 60 + "Hier steht der Wald. " + "Und danach. " * 60, {"wald"}, "de"))

    assert found.startswith("… ")
    assert "[Wald]" in found
    assert found.endswith(" …")
    assert len(found) < 300


def test_marks_are_pieces_of_text_and_never_markup() -> None:
    assert list(marked("<b>Wald</b>", {"wald"}, "de")) == [Piece("<b>"), Piece("Wald", True), Piece("</b>")]


# --- the page ---------------------------------------------------------------------------------------------------------
PAGE_QUERIES = {
    "/suche/": 2,
    "/suche/?q=der": 2,
    "/suche/?q=CO2": 8,
    "/suche/?q=Datenplattform": 8,
    "/suche/?q=Stadt&seite=2": 8,
    "/suche/?q=Datenplattform&art=solutions": 8,
    "/suche/?q=Bienenst%C3%B6ke": 10,
    "/en/suche/?q=Datenplattform": 8,
}


def test_page_takes_as_many_queries_for_one_hit_as_for_many(corpus: None, client: Client) -> None:
    counts = {}
    for path in PAGE_QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts[path] = len(queries)

    assert counts == PAGE_QUERIES


def test_page_behind_the_last_shows_the_last(corpus: None, client: Client) -> None:
    last, behind = (client.get(f"/suche/?q=Waldmonitor&seite={number}").content.decode() for number in (1, 9))

    assert "/solutions/P014/" in last
    assert "/solutions/P014/" in behind


def test_every_page_asks_in_its_head_and_the_answer_is_in_its_language(corpus: None, client: Client) -> None:
    assert 'action="/suche/"' in client.get("/").content.decode()
    assert 'action="/en/suche/"' in client.get("/en/").content.decode()
    assert 'href="/en/solutions/P014/" lang="de"' in client.get("/en/suche/?q=Waldmonitor").content.decode()
