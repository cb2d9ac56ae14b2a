"""Who has a solution from whom: the trees, their drawing, the map, and both on their pages."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from andock.design.tilemap import Tile
from andock.knowledge.lineage import Node, Party, Step, trees, walk
from andock.knowledge.lineage_picture import picture
from andock.knowledge.network import network, pairs_of
from andock.organisations.models import Organisation
from tests.factories.knowledge import reached, solution, transfer
from tests.factories.organisations import municipality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.accounts.cast import Cast

OWNER = Party("a", "Arnsberg")


def party(key: str) -> Party:
    return Party(key, key.upper())


def step(ends: str, when: str = "2024", **values: object) -> Step:
    """``"ab"``: b has it from a."""
    giver, receiver = map(party, ends)
    return Step(
        giver, receiver, **{"stage": "in_operation", "word": "in Betrieb", "when": when, "order": (when,)} | values
    )  # type: ignore[arg-type]


def told(nodes: Sequence[Node]) -> str:
    """The trees in brackets: ``a(b(c) d)``."""
    words = [
        node.party.key + (f"({told(node.children)})" if node.children else "") for node in nodes
    ]  # fmt: skip
    return " ".join(words)


# --- the trees --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ends", "wanted"),
    [
        ([], "a"),
        (["ac", "ab"], "a(b c)"),
        (["ab", "bc", "cd", "ae"], "a(b(c(d)) e)"),
        (["xb", "xc"], "a x(b c)"),
        (["xb", "bc", "ad"], "a(d) x(b(c))"),
        (["bc", "cb"], "a c(b(c))"),
        (["ab", "bc", "cb"], "a(b(c(b)))"),
        (["ab", "ba"], "a(b(a))"),
    ],
)
def test_trees_grow_from_the_owner_and_from_whoever_gave_it_on(ends: list[str], wanted: str) -> None:
    assert told(trees(party("a"), map(step, ends))) == wanted


def test_who_took_it_earlier_stands_first() -> None:
    assert told(trees(party("a"), [step("ab", "2025"), step("ac", "2024"), step("ad", "2025")])) == "a(c b d)"


STEPS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(["2023", "2024"])), max_size=12
)


@given(STEPS, st.randoms())
def test_every_transfer_is_drawn_once_whatever_circles_there_are(ends: list[tuple[str, str, str]], chance) -> None:
    steps = [step(giver + receiver, when) for giver, receiver, when in ends]
    found = trees(party("a"), steps)

    drawn = [node.step for node, _depth in walk(found) if node.step]
    assert sorted(map(repr, drawn)) == sorted(map(repr, steps))
    assert all(child.step and child.step.giver == node.party for node, _d in walk(found) for child in node.children)
    chance.shuffle(steps)
    assert told(trees(party("a"), steps)) == told(found)


# --- the drawing ------------------------------------------------------------------------------------------------------
@given(STEPS)
def test_drawing_holds_every_party_inside_its_frame(ends: list[tuple[str, str, str]]) -> None:
    drawn = picture(trees(party("a"), [step(giver + receiver, when) for giver, receiver, when in ends]))

    assert len(drawn.branches) == len(ends)
    tops = [int(knot.at.split()[1]) for knot in drawn.knots]
    assert tops == sorted(set(tops))
    assert all(int(line.y) < int(drawn.height) for knot in drawn.knots for line in knot.lines)
    assert all(int(knot.x) < int(drawn.width) for knot in drawn.knots)


def test_lines_tell_confirmed_reported_and_ended_apart_and_adapted_has_a_mark() -> None:
    steps = [
        step("ab", "1", is_confirmed=True, is_adapted=True), step("ac", "2"),
        step("ad", "3", stage="ended", is_confirmed=True), step("ae", "4", is_adapted=False),
    ]  # fmt: skip
    drawn = picture(trees(party("a"), steps))

    assert [(branch.css, bool(branch.adapted)) for branch in drawn.branches] == [
        ("confirmed", True), ("reported", False), ("ended", False), ("reported", False),
    ]  # fmt: skip
    assert drawn.kinds == ["confirmed", "reported", "ended"]
    words = [" ".join(line.text for line in knot.lines) for knot in drawn.knots]
    assert words == [
        "A Trägerin der Lösung", "B in Betrieb, 1 bestätigt · angepasst", "C in Betrieb, 2 berichtet",
        "D in Betrieb, 3 bestätigt", "E in Betrieb, 4 berichtet",
    ]  # fmt: skip


def test_two_generations_fit_a_phone_and_a_long_name_is_broken_not_cut() -> None:
    long = Party("b", "Zweckverband Kommunale Datenverarbeitung Südwestfalen")
    first = Step(OWNER, long, "in_operation", "in Betrieb", "1. September 2024")
    drawn = picture(trees(OWNER, [first, Step(long, Party("c", "Bad Berleburg"), "decided", "beschlossen", "2025")]))

    assert int(drawn.width) <= 320
    assert " ".join(line.text for line in drawn.knots[1].lines if line.is_name) == long.name


# --- the map ----------------------------------------------------------------------------------------------------------
TILES = {key: Tile(place % 3, place // 3, key.upper(), key.upper(), district="K") for place, key in enumerate("abcdef")}


def test_map_bows_from_who_gives_to_who_takes_and_counts_what_it_stands_for() -> None:
    drawn = network(
        TILES, [step("ab"), step("ab", stage="ended"), step("ab", is_confirmed=True), step("cd", stage="ended")]
    )

    assert drawn is not None
    assert [(arc.css, arc.count) for arc in drawn.arcs] == [("confirmed", "2"), ("ended", "")]
    assert {town.css for town in drawn.towns} == {"gives", "takes"}
    assert [code.text for code in drawn.codes] == ["E", "F"]
    assert drawn.points == ()


def test_way_back_lies_apart_from_the_way_there() -> None:
    drawn = network(TILES, [step("ab"), step("ba")])

    assert drawn is not None
    assert len({arc.path for arc in drawn.arcs}) == 2


def test_whoever_has_no_tile_is_a_point_beside_the_map_near_its_partners() -> None:
    far = Party("x", "Bamberg", is_outside=True)
    region = Party("y", "Südwestfalen")
    steps = [Step(far, party("c"), "interested", "interessiert", "2024"), Step(region, party("d"), "decided", "", "")]
    drawn = network(TILES, steps)

    assert drawn is not None
    assert [(point.css, point.lines[0][0]) for point in drawn.points] == [
        ("inside", "Südwestfalen"),
        ("outside", "Bamberg"),
    ]
    left, right = (float(point.at.split()[0]) for point in drawn.points)
    assert left < 0 < 3 * 97 < right


def test_points_beside_each_other_keep_their_distance() -> None:
    steps = [Step(Party(f"x{n}", f"Ort {n}"), party("a"), "decided", "", "") for n in range(4)]
    drawn = network(TILES, steps)

    assert drawn is not None
    heights = sorted(float(point.at.split()[1]) for point in drawn.points)
    assert all(second - first >= 100 for first, second in pairwise(heights))
    _left, top, _width, height = map(float, drawn.view_box.split())
    assert top + height > heights[-1] + 40


def test_map_of_a_very_large_region_stays_small() -> None:
    many = {str(n): Tile(n % 40, n // 40, str(n), f"Ort {n}", district=f"K{n % 40 // 10}") for n in range(1_100)}
    drawn = network(many, [Step(party("0"), party("999"), "decided", "", "")])

    assert drawn is not None
    assert (drawn.codes, len(drawn.towns)) == ((), 2)
    assert drawn.land == "".join(drawn.outlines)
    assert len(drawn.land) < 20_000


def test_map_without_tiles_or_without_transfers_is_none() -> None:
    assert network({}, [step("ab")]) is None
    assert network(TILES, []) is None
    assert network(TILES, [step("aa")]) is None


@given(STEPS)
def test_pairs_hold_every_step_between_two(ends: list[tuple[str, str, str]]) -> None:
    steps = [step(giver + receiver, when) for giver, receiver, when in ends]
    found = pairs_of(steps)

    assert sum(len(pair.steps) for pair in found) == sum(giver != receiver for giver, receiver, _when in ends)
    assert len({(pair.giver.key, pair.receiver.key) for pair in found}) == len(found)


# --- on their pages ---------------------------------------------------------------------------------------------------
def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def drawing(shown: str, css: str) -> ElementTree.Element:
    """The picture, read as XML: it must be well-formed."""
    found = re.search(rf'<svg class="{css}".*?</svg>', shown, re.DOTALL)
    assert found
    return ElementTree.fromstring(html.unescape(found[0]).replace("&", "&amp;"))


def words(shown: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)))


@pytest.mark.django_db
def test_card_draws_its_way_and_says_the_same_as_a_list(cast: Cast) -> None:
    card = solution(cast.olpe, title="App")
    path = f"/loesungen/{card.slug}/"
    assert 'id="herkunft"' not in page(path)

    reached(
        transfer(card, cast.soest, adapted=True, what_changed="Neue Farben"),
        "in_operation",
        "2024-05",
        is_confirmed=True,
    )
    far = Organisation.objects.create(slug="bamberg", name="Bamberg", kind="other", inside_region=False)
    reached(transfer(card, far, giver=cast.soest), "ended", "2025")

    shown = page(path)
    picture_words = words(html.unescape(ElementTree.tostring(drawing(shown, "lineage"), encoding="unicode")))
    assert "Olpe Trägerin der Lösung Soest in Betrieb, Mai 2024 bestätigt · angepasst Bamberg beendet, 2025 berichtet" in " ".join(picture_words.split())  # fmt: skip
    assert {path.get("class") for path in drawing(shown, "lineage").iter("path")} >= {
        "l-line confirmed",
        "l-line ended",
    }
    listed = words(shown[shown.index('class="lineage-list"') :])
    assert "Soest von Olpe: in Betrieb, Mai 2024, bestätigt, angepasst" in listed
    assert "Neue Farben" in listed
    assert "Bamberg von Soest: beendet, 2025, berichtet (außerhalb der Region)" in listed
    assert "style=" not in shown


@pytest.mark.django_db
def test_page_of_transfers_draws_them_on_the_map_of_the_day(cast: Cast) -> None:
    wenden = municipality("Wenden", "05966028", tile_column=0, tile_row=0, tile_code="Wen").organisation
    olpe = municipality("Attendorn", "05966004", tile_column=1, tile_row=0, tile_code="Att").organisation
    municipality("Still", "05966012", tile_column=2, tile_row=0, tile_code="Sti")
    card = solution(wenden, title="App")
    reached(transfer(card, olpe), "decided", "2024-05")
    reached(transfer(card, cast.agency), "decided", "2025")

    shown = page("/nachnutzung/")
    drawn = words(ElementTree.tostring(drawing(shown, "net"), encoding="unicode"))
    assert all(name in drawn for name in ("Wenden", "Attendorn", "Sti", cast.agency.name))
    listed = words(shown[shown.index('class="lineage-list"') :])
    assert "Attendorn von Wenden: beschlossen, Mai 2024, berichtet" in listed
    earlier = words(ElementTree.tostring(drawing(page("/nachnutzung/?am=2024-06-30"), "net"), encoding="unicode"))
    assert cast.agency.name not in earlier
    assert '<svg class="net"' not in page("/nachnutzung/?am=2020-01-01")


@pytest.mark.django_db
def test_name_of_a_stranger_stays_a_name_in_both_pictures(cast: Cast) -> None:
    bad = municipality("<script>x</script>", "05966028", tile_column=0, tile_row=0, tile_code="<q>").organisation
    card = solution(bad, title="App")
    reached(transfer(card, cast.soest), "decided", "2024")

    for path in (f"/loesungen/{card.slug}/", "/nachnutzung/"):
        assert "<script>x" not in page(path)
        assert "<q>" not in page(path)
