"""The paper for the council: what changes, who decides, and what stands aside."""

from dataclasses import replace

import pytest

from andock.docking.local import ADAPTED, ADOPTED, DECLINED, DEFERRED, ENDED, UNDECIDED, OwnElement, decided
from andock.docking.resolve import resolve
from andock.docking.synopsis import (
    ADMINISTRATIVE,
    EDITORIAL,
    PUT_OFF,
    SUBSTANTIAL,
    heaviest,
    suggested_weight_of_decision,
    synopsis,
)  # fmt: skip
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


def listed(made) -> list[tuple[str, str, str]]:
    return [(one.state, one.element.id, one.weight) for one in made.stated]


def test_decisions_without_text_are_listed_once() -> None:
    proposed = stated(town(FIRST), DECLINED, DEFERRED)

    assert listed(paper(None, proposed)) == [(DECLINED, "a", SUBSTANTIAL), (DEFERRED, "b", ADMINISTRATIVE)]
    assert listed(paper(None, proposed, states=[(DECLINED, "a"), (DECLINED, "b")])) == [
        (DECLINED, "a", ""), (DEFERRED, "b", SUBSTANTIAL),
    ]  # fmt: skip
    assert listed(paper(None, proposed, edition(A))) == [(DECLINED, "a", SUBSTANTIAL)]
    assert paper(None, town(FIRST)).stated == ()


def test_what_is_not_followed_as_before_is_listed_every_time_without_a_class() -> None:
    proposed = stated(town(FIRST), DECLINED, DEFERRED)

    made = paper(None, proposed, states=[(DECLINED, "a"), (DEFERRED, "b")])
    assert listed(made) == [(DECLINED, "a", ""), (DEFERRED, "b", "")]
    assert (made.weighed, made.weight) == ((), EDITORIAL)


# --- decisions that leave the text as it is ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        (UNDECIDED, DECLINED, SUBSTANTIAL), (DEFERRED, DECLINED, SUBSTANTIAL), (DECLINED, UNDECIDED, SUBSTANTIAL),
        (DECLINED, DEFERRED, SUBSTANTIAL), (UNDECIDED, DEFERRED, ADMINISTRATIVE), (DEFERRED, UNDECIDED, EDITORIAL),
        (DECLINED, DECLINED, EDITORIAL), (DEFERRED, DEFERRED, EDITORIAL), (UNDECIDED, UNDECIDED, EDITORIAL),
    ],
)  # fmt: skip
def test_decision_without_text_weighs_by_what_is_said(before: str, after: str, weight: str) -> None:
    made = paper(stated(town(FIRST), ADOPTED, before), stated(town(FIRST), ADOPTED, after), states=[(before, "b")])

    assert made.changes == ()
    assert made.weight == weight
    assert [one.element.id for one in made.by_class()[weight]] == ([] if weight == EDITORIAL else ["b"])


@pytest.mark.parametrize("after", [DECLINED, DEFERRED, UNDECIDED])
def test_what_falls_away_is_weighed_by_its_row_and_listed_with_its_reason(after: str) -> None:
    made = paper(town(FIRST), stated(town(FIRST), ADOPTED, after))

    assert (made.weight, [row.element.id for row in made.weighed]) == (SUBSTANTIAL, ["b"])
    assert listed(made) == ([] if after == UNDECIDED else [(after, "b", "")])


def test_wording_kept_against_the_regions_change_is_for_the_head_of_administration() -> None:
    """The text stays to the letter, but from now on it is the town's own."""
    before, second = town(FIRST), edition(replace(A, blocks=(block("b1", "Anders."),)), B, ordinal=2)
    kept = town(second, ours("b1", "Eins."))

    made = paper(before, kept, second)

    assert made.changes == ()
    assert (listed(made), made.weight) == ([(ADAPTED, "a", ADMINISTRATIVE)], ADMINISTRATIVE)
    assert paper(kept, kept, second).weighed == ()


def test_what_the_region_says_now_too_is_decided_by_nobody() -> None:
    own = town(FIRST, ours("b1", "Unser."))
    converged = town(edition(replace(A, blocks=(block("b1", "Unser."),)), B))

    assert (paper(own, converged).weighed, paper(own, converged).weight) == ((), EDITORIAL)


def test_adapted_back_to_adopted_is_weighed_by_its_words() -> None:
    made = paper(town(FIRST, ours("b1", "Unser.")), town(FIRST))

    assert (made.stated, made.weight) == ((), ADMINISTRATIVE)


def test_change_of_the_region_that_is_put_off_is_for_the_head_of_administration() -> None:
    made = paper(town(FIRST), town(FIRST), put_off={"a"})

    assert (listed(made), made.weight) == ([(PUT_OFF, "a", ADMINISTRATIVE)], ADMINISTRATIVE)
    gone = paper(town(FIRST), town(FIRST), edition(B), put_off={"a"})
    assert [(one.state, one.element) for one in gone.stated] == [(PUT_OFF, A)]


def test_what_is_put_off_makes_a_lighter_row_heavier() -> None:
    lighter = town(edition(replace(A, terms=("SDG 9",)), B))

    made = paper(town(FIRST), lighter, put_off={"a"})

    assert (listed(made), [row.weight for row in made.changes]) == ([], [ADMINISTRATIVE])
    ended = stated(town(FIRST), ADOPTED, DECLINED)
    assert paper(town(FIRST), ended, put_off={"b"}).weight == SUBSTANTIAL


def test_element_is_weighed_once_however_much_is_decided_about_it() -> None:
    second = edition(replace(A, blocks=(block("b1", "Anders."),)), B)

    made = paper(town(FIRST), town(second, ours("b1", "Eins.")), second, put_off={"a"})

    assert listed(made) == [(ADAPTED, "a", ADMINISTRATIVE)]


def test_municipality_chooses_the_class_of_a_decision_too() -> None:
    proposed = stated(town(FIRST), ADOPTED, DECLINED)

    made = paper(
        stated(town(FIRST), ADOPTED, UNDECIDED), proposed, states=[(UNDECIDED, "b")], weights={"b": ADMINISTRATIVE}
    )

    (one,) = made.stated
    assert (one.suggested, one.weight, made.weight) == (SUBSTANTIAL, ADMINISTRATIVE, ADMINISTRATIVE)


def test_element_that_ended_is_decided_by_the_region() -> None:
    assert suggested_weight_of_decision(DECLINED, ENDED) == ""
