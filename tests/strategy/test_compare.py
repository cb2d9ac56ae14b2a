"""The comparison of two editions as a page."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from andock.docking.values import Element, Parameter, Source
from andock.strategy.models import Framework
from tests.factories.strategy import block, element, identity
from tests.strategy.scenes import headings, lineage, publish, seen

pytestmark = pytest.mark.django_db


def two_editions(old: list[Element], new: list[Element], **fields: object) -> None:
    publish(*old, ordinal=1, state="superseded")
    publish(*new, ordinal=2, **fields)


def compared(client: Client, query: str = "von=1&bis=2") -> str:
    return seen(client.get(f"/strategie/vergleich/?{query}"))


def test_comparison_marks_words_for_eyes_and_ears(framework: Framework, client: Client) -> None:
    two_editions([element("g7", block("b", "Jede Kommune plant."))], [element("g7", block("b", "Jede Kommune baut."))])

    html = client.get("/strategie/vergleich/?von=1&bis=2").content.decode()

    assert '<del><span class="vh">[gestrichen: </span>plant<span class="vh">]</span></del>' in html
    assert '<ins><span class="vh">[neu: </span>baut<span class="vh">]</span></ins>' in html


def test_comparison_of_moved_and_edited_shows_both_with_the_words(framework: Framework, client: Client) -> None:
    first, second = element("a", title="Ziele", label="2"), element("z", title="Wege", label="3")
    old = element("g7", block("b", "Jede Kommune plant."), parent=first.id, label="2.3", title="Planen")
    new = element("g7", block("b", "Jede Kommune baut."), parent=second.id, label="3.1", title="Planen")
    two_editions([first, old, second], [first, second, new])

    text = compared(client)

    assert "verschoben geändert 3.1 Planen" in text
    assert "war 2.3 Planen , ist jetzt 3.1 Planen" in text
    assert "stand in „2 Ziele“, steht jetzt in „3 Wege“" in text
    assert "[gestrichen: plant ]" in text


def test_comparison_of_another_order_names_the_neighbours(framework: Framework, client: Client) -> None:
    a, b, c = (element(name, title=name.upper(), label="") for name in "abc")
    two_editions([a, b, c], [c, a, b])

    assert "stand nach „B“, steht jetzt am Anfang" in compared(client)


def test_comparison_tells_withdrawn_new_replaced_joined_split_and_reinstated(
    framework: Framework, client: Client
) -> None:
    rows = (
        lineage("withdrawn", "weg", None, "Die Frist ist abgelaufen."),
        lineage("replaced", "alt", "anders"),
        lineage("joined", "j1", "j"),
        lineage("joined", "j2", "j"),
        lineage("split", "s", "s1"),
        lineage("split", "s", "s2"),
        lineage("reinstated", None, "wieder"),
    )
    old = [element(name) for name in ("weg", "alt", "j1", "j2", "s")]
    new = [element(name) for name in ("anders", "j", "s1", "s2", "wieder", "neu")]
    two_editions(old, new, lineage=rows)

    text = compared(client)

    for sign in ("zurückgezogen", "ersetzt", "zusammengelegt", "geteilt", "wieder aufgenommen", "neu 1 neu"):
        assert sign in text
    assert "Grund Die Frist ist abgelaufen." in text
    assert "war 1 j1 und 1 j2 , ist jetzt 1 j" in text


def test_comparison_lists_new_numbers_apart(framework: Framework, client: Client) -> None:
    two_editions([element("g7", label="2.3")], [element("g7", label="3.1")])

    text = compared(client)

    assert "unterscheiden sich höchstens die Nummern" in text
    assert "war 2.3 g7, ist jetzt 3.1 g7" in text


def test_comparison_names_fields_in_words(framework: Framework, client: Client) -> None:
    old = element("g7", title="Offene Daten", obligation="core", type="goal", sources=(Source("Bericht"),))
    new = element(
        "g7",
        title="Offene Quellen",
        obligation="optional",
        type="rule",
        terms=("topics/klima",),
        without_technology=True,
        verified=False,
        note="Nicht gesehen.",
        parameters=(Parameter("jahr", "Zieljahr", "year", "", "2027"), Parameter("amt", "Stelle", "office")),
    )
    two_editions([old], [new])

    text = compared(client)

    for words in (
        "Titel Offene [gestrichen: Daten ] [neu: Quellen ]",
        "Verbindlichkeit [gestrichen: Kern ] [neu: Freigestellt ]",
        "Art der Stelle [gestrichen: Ziel ] [neu: Regel ]",
        "Themen [neu: Klima ]",
        "Ohne Technik [gestrichen: nein ] [neu: ja ]",
        "Örtlich auszufüllen [neu: Zieljahr: 2027 ] [neu: Stelle ]",
        "Quellen [gestrichen: Bericht ]",
        "Beleg [gestrichen: belegt ] [neu: nicht belegt ]",
        "Anmerkung [neu: Nicht gesehen. ]",
    ):
        assert words in text


def test_comparison_of_lists_tables_and_moved_paragraphs(framework: Framework, client: Client) -> None:
    old = [
        element(
            "a", block("l", "Licht\nWald", "list"), block("t", "Ort|Zahl\nSoest|12", "table"), block("w", "Wandert.")
        ),
        element("b", block("x"), block("y")),
    ]
    new = [
        element("a", block("l", "Licht\nWind", "list"), block("t", "Ort|Zahl\nSoest|14", "table")),
        element("b", block("y"), block("x"), block("w", "Wandert.")),
    ]
    two_editions(old, new)

    html = client.get("/strategie/vergleich/?von=1&bis=2").content.decode()

    assert re.search(r"<td><del>.*12.*</del><ins>.*14.*</ins></td>", html)
    assert '<th scope="col">Ort</th>' in html
    text = compared(client)
    assert "Dieser Absatz steht jetzt in 1 b." in text
    assert "Dieser Absatz stand in 1 a." in text
    assert "Dieser Absatz steht an einem anderen Platz der Stelle." in text


def test_comparison_composes_lineage_over_a_skipped_edition(framework: Framework, client: Client) -> None:
    publish(element("a"), ordinal=1, state="superseded")
    publish(element("b"), ordinal=2, state="superseded", lineage=(lineage("replaced", "a", "b", "Erst so."),))
    publish(element("c"), ordinal=3, lineage=(lineage("replaced", "b", "c", "Dann so."),))

    text = compared(client, "von=1&bis=3")

    assert "war 1 a , ist jetzt 1 c" in text
    assert "Grund Erst so. Dann so." in text


def test_comparison_by_kind_shows_that_kind_only(framework: Framework, client: Client) -> None:
    two_editions([element("a")], [element("a", block("a-b1", "Anders.")), element("neu", title="Frisch")])

    text = compared(client, "von=1&bis=2&art=added")

    assert "Frisch" in text
    assert "Anders." not in text
    assert "Sie sehen nur Änderungen dieser Art" in text


def test_comparison_of_nothing_new_has_an_own_sentence(framework: Framework, client: Client) -> None:
    two_editions([element("a")], [element("a")])

    assert "unterscheiden sich höchstens die Nummern" in compared(client)


# --- what is asked for ----------------------------------------------------------------------------------------------
def test_comparison_without_a_choice_is_in_force_against_the_one_before(framework: Framework, client: Client) -> None:
    for ordinal, state in ((1, "superseded"), (2, "in_force"), (3, "consultation")):
        publish(ordinal=ordinal, state=state)

    html = client.get("/strategie/vergleich/").content.decode()

    assert re.findall(r'<option value="(\d)" selected', html) == ["1", "2"]


def test_comparison_before_anything_was_superseded_takes_the_last_two(framework: Framework, client: Client) -> None:
    publish(ordinal=1)
    publish(ordinal=2, state="consultation")

    response = client.get("/strategie/vergleich/")

    assert re.findall(r'<option value="(\d)" selected', response.content.decode()) == ["1", "2"]
    assert "Was sich ändern würde" in seen(response)


@pytest.mark.parametrize("number", [0, 1])
def test_comparison_with_fewer_than_two_editions_says_what_comes(
    framework: Framework, client: Client, number: int
) -> None:
    for ordinal in range(1, number + 1):
        publish(ordinal=ordinal)

    response = client.get("/strategie/vergleich/")

    assert response.status_code == 200
    assert "Es gibt noch nichts zu vergleichen." in seen(response)


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("von=x&bis=2", 400, "„x“ ist keine Nummer einer Auflage."),
        ("von=-1&bis=2", 400, "„-1“ ist keine Nummer"),
        ("von=%C2%B2&bis=2", 400, "„²“ ist keine Nummer"),
        ("von=&bis=2", 400, "„“ ist keine Nummer"),
        ("von=9&bis=2", 404, "Eine Auflage mit der Nummer 9 gibt es hier nicht."),
        ("von=1&bis=3", 404, "Eine Auflage mit der Nummer 3 gibt es hier nicht."),
        ("von=" + "9" * 5000, 404, "gibt es hier nicht"),
        ("von=2&bis=2", 400, "Das ist zweimal dieselbe Auflage."),
        ("von=2&bis=1", 400, "Bitte stellen Sie die ältere nach vorn."),
        ("von=1&bis=2&art=unsinn", 400, "Diese Art von Änderung gibt es nicht."),
    ],
)
def test_comparison_of_what_cannot_be_compared_helps_and_keeps_the_form(
    framework: Framework, client: Client, query: str, status: int, sentence: str
) -> None:
    two_editions([element("a")], [element("a")])
    publish(ordinal=3, state="draft")

    response = client.get(f"/strategie/vergleich/?{query}")

    assert response.status_code == status
    assert sentence in seen(response)
    assert '<select class="in" id="von"' in response.content.decode()


def test_comparison_the_wrong_way_round_offers_the_right_one(framework: Framework, client: Client) -> None:
    two_editions([element("a")], [element("a")])

    html = client.get("/strategie/vergleich/?von=2&bis=1").content.decode()

    assert 'href="/strategie/vergleich/?von=1&amp;bis=2"' in html
    assert re.findall(r'<option value="(\d)" selected', html) == ["2", "1"]


def test_comparison_has_headings_in_order(framework: Framework, client: Client) -> None:
    rows = (lineage("split", "s", "s1"), lineage("split", "s", "s2"))
    two_editions([element("s")], [element("s1"), element("s2")], lineage=rows)

    levels = headings(client.get("/strategie/vergleich/"))

    assert levels == [1, 2, 3, 4, 4, 4]


def test_comparison_links_to_the_permalink(framework: Framework, client: Client) -> None:
    two_editions([element("a")], [element("a", title="Anders")])

    assert f'href="/strategie/stelle/{identity("a")}/"' in client.get("/strategie/vergleich/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_comparison_asks_as_often_for_three_changes_as_for_one(
    framework: Framework, client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"g{n}" for n in range(number)]
    two_editions([element(n) for n in names], [element(n, title="Anders", terms=("topics/klima",)) for n in names])
    client.get("/strategie/vergleich/")

    with django_assert_num_queries(COMPARISON):
        client.get("/strategie/vergleich/")


COMPARISON = 9
