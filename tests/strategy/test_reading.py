"""Reading the strategy: the edition in force, every edition, one passage through all of them."""

import itertools

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from andock.docking.values import Element, Parameter, Source
from andock.strategy.exchange import SignatoryEntry
from andock.strategy.models import Framework
from tests.factories.strategy import block, element, identity
from tests.strategy.scenes import headings, lineage, publish, seen

pytestmark = pytest.mark.django_db

G7 = identity("g7")


def goals(number: int) -> list[Element]:
    """A part with so many goals below it."""
    part = element("part", type="section", label="2", title="Ziele")
    rest = (element(f"g{n}", parent=part.id, label=f"2.{n}", terms=("topics/klima",)) for n in range(number - 1))
    return [part, *rest]


# --- the edition in force -------------------------------------------------------------------------------------------
def test_strategy_without_an_edition_says_what_will_stand_here(framework: Framework, client: Client) -> None:
    response = client.get("/strategie/")

    assert response.status_code == 200
    assert "sobald ihre erste Auflage in Kraft ist" in seen(response)


def test_strategy_shows_the_edition_in_force(framework: Framework, client: Client) -> None:
    publish(element("g7", block("b", "Jede Kommune plant."), title="Örtliche Strategien", label="2.2"), date="2022-11")

    text = seen(client.get("/strategie/"))

    assert "2.2 Örtliche Strategien" in text
    assert "Jede Kommune plant." in text
    assert "1. Auflage , November 2022, in Kraft" in text
    assert "Olpe" in text


@pytest.mark.parametrize("address", ["/strategie/", "/strategie/auflagen/1/"])
def test_draft_cannot_be_read(framework: Framework, client: Client, address: str) -> None:
    publish(element("g7", block("b", "Noch geheim.")), state="draft")

    response = client.get(address)

    assert "Noch geheim." not in response.content.decode()
    assert response.status_code == (200 if address == "/strategie/" else 404)


@pytest.mark.parametrize("address", ["/strategie/auflagen/9/", f"/strategie/stelle/{identity('unbekannt')}/"])
def test_unknown_edition_or_passage_is_not_found(framework: Framework, client: Client, address: str) -> None:
    publish()

    assert client.get(address).status_code == 404


def test_superseded_edition_says_so_and_leads_to_the_comparison(framework: Framework, client: Client) -> None:
    publish(ordinal=1, state="superseded")
    publish(ordinal=2)

    response = client.get("/strategie/auflagen/1/")

    assert "Diese Auflage gilt nicht mehr." in seen(response)
    assert "?von=1&amp;bis=2" in response.content.decode()


def test_edition_in_consultation_is_announced_and_marked(framework: Framework, client: Client) -> None:
    publish(ordinal=1)
    publish(ordinal=2, state="consultation", demonstration=True)

    assert "2. Auflage in der Beratung (Demonstration)." in seen(client.get("/strategie/"))
    draft = client.get("/strategie/auflagen/2/")
    assert "in der Beratung und gilt noch nicht" in seen(draft)
    assert 'class="demo"' in draft.content.decode()


def test_passage_says_since_which_edition_it_stands_there(framework: Framework, client: Client) -> None:
    publish(element("g7"), ordinal=1, state="superseded")
    publish(element("g7"), element("g8", title="Neues"), ordinal=2)

    text = seen(client.get("/strategie/"))

    assert "Region, seit der 1. Auflage" in text
    assert "Region, neu in der 2. Auflage" in text


def test_passage_without_evidence_says_why(framework: Framework, client: Client) -> None:
    publish(element("g7", verified=False, note="Der Wortlaut war in keiner Quelle zu sehen."))

    assert "Nicht belegt: Der Wortlaut war in keiner Quelle zu sehen." in seen(client.get("/strategie/"))


def test_list_table_and_quotation_are_real_html(framework: Framework, client: Client) -> None:
    publish(
        element(
            "g7",
            block("l", "Licht\nWald", "list"),
            block("t", "Weg|Wer\nBeschluss|Rat", "table"),
            block("q", "Klug.", "quote"),
        )
    )

    html = client.get("/strategie/").content.decode()

    assert "<li>Licht</li><li>Wald</li>" in html
    assert '<th scope="col">Weg</th>' in html
    assert '<th scope="row">Beschluss</th><td>Rat</td>' in html
    assert "<blockquote><p>Klug.</p></blockquote>" in html


def test_parameters_are_slots_for_the_municipalities(framework: Framework, client: Client) -> None:
    slots = (Parameter("jahr", "Zieljahr", "year"), Parameter("takt", "Rhythmus", "text", "mal im Jahr", "2"))
    publish(element("g7", parameters=slots))

    text = seen(client.get("/strategie/"))

    assert "Zieljahr legt jede Kommune selbst fest" in text
    assert "Rhythmus 2 mal im Jahr" in text


def test_markup_in_the_wording_stays_text(framework: Framework, client: Client) -> None:
    hostile = "<script>alert(1)</script>"
    publish(element("g7", block("b", hostile), title=hostile, note=hostile, sources=(Source(hostile),)), note=hostile)

    for address in ("/strategie/", f"/strategie/stelle/{G7}/", "/strategie/auflagen/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_heading_levels_of_an_edition_leave_none_out(framework: Framework, client: Client) -> None:
    part, goal, deep = (element(name, title=name, label="") for name in ("a", "b", "c"))
    tree = (part, element("b", parent=part.id, title="b"), element("c", parent=goal.id, title="c"))
    publish(*tree, element("d", parent=deep.id, title="d"), element("e", parent=identity("d"), title="e"))

    levels = headings(client.get("/strategie/"))

    assert levels[0] == 1
    assert {2, 3, 4, 5, 6} <= set(levels)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_english_page_marks_the_german_wording(framework: Framework, client: Client) -> None:
    publish(element("g7", block("b", "Jede Kommune plant.")))

    assert '<p lang="de">Jede Kommune plant.</p>' in client.get("/en/strategie/").content.decode()
    assert "<p>Jede Kommune plant.</p>" in client.get("/de-simple/strategie/").content.decode()


def test_page_names_its_canonical_address_and_its_files(framework: Framework, client: Client, settings) -> None:
    settings.ANDOCK_BASE_URL = "https://strategie.example"
    publish(ordinal=1, state="superseded")
    publish(ordinal=2)

    html = client.get("/strategie/auflagen/2/").content.decode()

    assert '<link rel="canonical" href="https://strategie.example/strategie/">' in html
    assert 'type="application/json" href="/strategie/auflagen/2.json"' in html
    old = client.get("/strategie/auflagen/1/").content.decode()
    assert '<link rel="canonical" href="https://strategie.example/strategie/auflagen/1/">' in old


# --- editions -------------------------------------------------------------------------------------------------------
def test_editions_lists_all_but_drafts(framework: Framework, client: Client) -> None:
    publish(ordinal=1, state="superseded", date="2020-11-02")
    publish(ordinal=2, signatories=(SignatoryEntry("Olpe", "pioneer"), SignatoryEntry("Soest", "pioneer")))
    publish(ordinal=3, state="draft", note="Noch geheim.")

    text = seen(client.get("/strategie/auflagen/"))

    assert "2. November 2020" in text
    assert "1 Stelle, 2 Unterzeichner" in text
    assert "Noch geheim" not in text


def test_editions_without_any_say_what_comes(framework: Framework, client: Client) -> None:
    assert "Noch ist keine Auflage zu lesen." in seen(client.get("/strategie/auflagen/"))


# --- one passage ----------------------------------------------------------------------------------------------------
def test_permalink_survives_renumbering_and_shows_every_wording(framework: Framework, client: Client) -> None:
    publish(element("g7", block("b", "Jede Kommune plant."), label="2.3"), ordinal=1, state="superseded")
    publish(element("g7", block("b", "Jede Kommune handelt."), label="3.1"), ordinal=2)

    response = client.get(f"/strategie/stelle/{G7}/")

    text = seen(response)
    assert text.index("in Kraft Steht dort als 3.1") < text.index("abgelöst Steht dort als 2.3")
    assert "[gestrichen: plant ] [neu: handelt ]" in text
    assert "war 2.3, ist jetzt 3.1" in text
    assert "/strategie/auflagen/2/3.1/" in text


def test_permalink_of_an_unchanged_passage_says_so(framework: Framework, client: Client) -> None:
    publish(element("g7", label="1"), ordinal=1, state="superseded")
    publish(element("g7", label="1"), ordinal=2, state="superseded")
    publish(element("g7", label="4"), ordinal=3)

    text = seen(client.get(f"/strategie/stelle/{G7}/"))

    assert "Wortlaut wie in der 1. Auflage." in text
    assert "Wortlaut wie in der 2. Auflage, nur die Nummer ist anders: war 1, ist jetzt 4." in text


def test_permalink_of_a_withdrawn_passage_says_what_replaced_it(framework: Framework, client: Client) -> None:
    publish(element("g7"), ordinal=1, state="superseded")
    publish(
        element("neu", title="Acht Felder"), ordinal=2, lineage=(lineage("replaced", "g7", "neu", "Acht statt neun."),)
    )

    text = seen(client.get(f"/strategie/stelle/{G7}/"))

    assert "Diese Stelle gilt nicht mehr." in text
    assert "2. Auflage: ersetzt durch 1 Acht Felder ." in text
    assert "Acht statt neun." in text
    assert "ersetzt 1 g7 ." in seen(client.get(f"/strategie/stelle/{identity('neu')}/"))


def test_permalink_of_a_split_passage_names_all_parts(framework: Framework, client: Client) -> None:
    publish(element("g7"), ordinal=1, state="superseded")
    parts = (lineage("split", "g7", "a"), lineage("split", "g7", "b"))
    publish(element("a", title="Planen"), element("b", title="Bauen"), ordinal=2, lineage=parts)

    text = seen(client.get(f"/strategie/stelle/{G7}/"))

    assert "daraus wurde auch 1 Planen und 1 Bauen ." in text
    assert text.count("Darum.") == 1


def test_permalink_of_a_moved_passage_marks_it(framework: Framework, client: Client) -> None:
    part = element("teil", title="Teil")
    publish(element("g7"), ordinal=1, state="superseded")
    publish(part, element("g7", parent=part.id), ordinal=2)

    assert "verschoben" in seen(client.get(f"/strategie/stelle/{G7}/"))


def test_permalink_of_a_passage_in_consultation_says_so(framework: Framework, client: Client) -> None:
    publish(element("g7"), ordinal=1)
    publish(element("g7"), element("neu"), ordinal=2, state="consultation")

    assert "in der Beratung und gilt noch nicht" in seen(client.get(f"/strategie/stelle/{identity('neu')}/"))


def test_citation_leads_to_the_passage_within_that_very_edition(framework: Framework, client: Client) -> None:
    publish(element("g7", label="2.3"), ordinal=1, state="superseded")
    publish(element("g8", label="2.3"), element("g7", label="3.1"), ordinal=2)

    response = client.get("/strategie/auflagen/1/2.3/")

    assert (response.status_code, response["Location"]) == (302, f"/strategie/auflagen/1/#s-{G7}")
    assert f'id="s-{G7}"' in client.get("/strategie/auflagen/1/").content.decode()


@pytest.mark.parametrize("address", ["/strategie/auflagen/1/3.1/", "/strategie/auflagen/3/2.3/"])
def test_citation_of_what_is_not_there_is_not_found(framework: Framework, client: Client, address: str) -> None:
    publish(element("g7", label="2.3"), ordinal=1)
    publish(element("g7", label="2.3"), ordinal=3, state="draft")

    assert client.get(address).status_code == 404


# --- queries --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_reading_asks_as_often_for_three_passages_as_for_one(
    framework: Framework, client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(*goals(number))
    client.get("/strategie/")

    with django_assert_num_queries(READING):
        client.get("/strategie/")


@pytest.mark.parametrize("number", [1, 3])
def test_editions_ask_as_often_for_three_as_for_one(
    framework: Framework, client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for ordinal in range(1, number + 1):
        publish(ordinal=ordinal, state="in_force" if ordinal == number else "superseded")
    client.get("/strategie/auflagen/")

    with django_assert_num_queries(EDITIONS):
        client.get("/strategie/auflagen/")


@pytest.mark.parametrize("number", [1, 3])
def test_passage_asks_as_often_for_three_wordings_as_for_one(
    framework: Framework, client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for ordinal in range(1, number + 1):
        publish(
            element("g7", terms=("topics/klima",)),
            ordinal=ordinal,
            state="in_force" if ordinal == number else "superseded",
        )
    client.get(f"/strategie/stelle/{G7}/")

    with django_assert_num_queries(PASSAGE):
        client.get(f"/strategie/stelle/{G7}/")


READING, EDITIONS, PASSAGE = 10, 3, 11


def test_number_with_a_null_character_is_not_found(client: Client) -> None:
    assert client.get("/strategie/auflagen/1/2.%00/").status_code == 404
