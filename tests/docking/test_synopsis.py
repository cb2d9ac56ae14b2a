"""The paper for the council: what changes, who decides, and what stands aside."""

from dataclasses import replace

import pytest

from andock.docking.local import DECLINED, DEFERRED, OwnElement, decided
from andock.docking.resolve import resolve
from andock.docking.synopsis import ADMINISTRATIVE, EDITORIAL, SUBSTANTIAL, heaviest, synopsis
from tests.docking.scenes import block, edition, element, ours, town

A, B = element("a", block("b1", "Eins.")), element("b", block("b2", "Zwei."))
FIRST = edition(A, B)


def paper(before, after, regional=FIRST, **options):
    return synopsis(resolve(before) if before else None, resolve(after), regional, **options)


def test_the_first_version_is_all_new_and_for_the_council() -> None:
    made = paper(None, town(FIRST))

    assert [(row.element.id, row.change.kinds, row.weight) for row in made.changes] == [
        ("a", ("added",), SUBSTANTIAL), ("b", ("added",), SUBSTANTIAL),
    ]  # fmt: skip
    assert made.weight == SUBSTANTIAL


def test_rows_show_three_columns_and_only_changes_are_what_the_paper_is_about() -> None:
    made = paper(town(FIRST), town(FIRST, ours("b1", "Unser.")))

    (row,) = made.changes
    assert (row.element.id, row.regional, row.passage.state) == ("a", A, "adapted")
    assert [block.text for block in (*row.change.old[0].blocks, *row.change.new[0].blocks)] == ["Eins.", "Unser."]
    assert (len(made.rows), made.weight) == (2, ADMINISTRATIVE)


@pytest.mark.parametrize(
    ("changes", "weight"),
    [
        ({"terms": ("SDG 9",)}, EDITORIAL), ({"without_technology": True}, EDITORIAL), ({"note": "x"}, EDITORIAL),
        ({"obligation": "core"}, EDITORIAL), ({"title": "Neu"}, ADMINISTRATIVE),
        ({"blocks": (block("b1", "Neu."),)}, ADMINISTRATIVE),
    ],
)  # fmt: skip
def test_who_may_decide_is_suggested_by_what_changed(changes, weight: str) -> None:
    made = paper(town(FIRST), town(edition(replace(A, **changes), B)))

    assert made.rows[0].weight == weight


def test_the_municipality_may_weigh_otherwise_and_the_heaviest_class_counts() -> None:
    made = paper(town(FIRST), town(FIRST, ours("b1", "Unser.")), weights={"a": EDITORIAL})

    assert (made.changes[0].weight, made.weight) == (EDITORIAL, EDITORIAL)
    assert {name: len(rows) for name, rows in made.by_class().items()} == {
        SUBSTANTIAL: 0,
        ADMINISTRATIVE: 0,
        EDITORIAL: 1,
    }
    assert list(made.by_class()) == [SUBSTANTIAL, ADMINISTRATIVE, EDITORIAL]
    assert heaviest([EDITORIAL, ADMINISTRATIVE]) == ADMINISTRATIVE
    assert (heaviest([EDITORIAL, SUBSTANTIAL, ADMINISTRATIVE]), heaviest([])) == (SUBSTANTIAL, EDITORIAL)


def test_what_ends_has_no_passage_and_is_for_the_council() -> None:
    ended = town(FIRST)
    ended = replace(ended, decisions=(ended.decisions[0], decided(ended.decisions[1], DECLINED)))

    (row,) = paper(town(FIRST), ended).changes
    assert (row.element.id, row.passage, row.regional, row.weight) == ("b", None, B, SUBSTANTIAL)


def test_what_goes_on_as_an_own_element_is_one_row_and_for_the_council() -> None:
    kept = town(edition(A))
    kept = replace(kept, own=(OwnElement(replace(B, id="k", label=""), origin="b"),))

    (row,) = paper(town(FIRST), kept, edition(A)).changes
    assert (row.change.kinds, row.passage.was, row.regional, row.weight) == (("replaced",), "b", None, SUBSTANTIAL)
    assert paper(kept, kept).changes == ()


def test_what_was_kept_earlier_is_no_change_when_the_regions_stands_beside_it() -> None:
    both = replace(town(FIRST), own=(OwnElement(replace(B, id="k"), origin="b"),))

    assert [row.change.kinds for row in paper(town(FIRST), both).changes] == [("added",)]


def stated(strategy, *states: str):
    return replace(strategy, decisions=tuple(map(decided, strategy.decisions, states)))


def test_decisions_without_text_are_listed_once() -> None:
    proposed = stated(town(FIRST), DECLINED, DEFERRED)

    assert paper(None, proposed).stated == ((DECLINED, A), (DEFERRED, B))
    assert paper(None, proposed, states=[(DECLINED, "a"), (DECLINED, "b")]).stated == ((DEFERRED, B),)
    assert paper(None, proposed, edition(A)).stated == ((DECLINED, A),)
    assert paper(None, town(FIRST)).stated == ()


def test_core_elements_that_are_put_off_are_listed_every_time() -> None:
    core = edition(replace(A, obligation="core"), replace(B, obligation="core"))
    proposed = stated(town(core), DECLINED, DEFERRED)

    listed = paper(None, proposed, core, states=[(DECLINED, "a"), (DEFERRED, "b")]).stated
    assert [(state, found.id) for state, found in listed] == [(DEFERRED, "b")]
