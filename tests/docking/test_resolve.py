"""What a local strategy reads like, and where every passage comes from."""

from dataclasses import replace

import pytest

from andock.docking.fields import drift, effective, healed, with_override
from andock.docking.local import (
    ADAPTED,
    ADOPTED,
    DECLINED,
    DEFERRED,
    OWN,
    START,
    UNDECIDED,
    Held,
    Override,
    OwnElement,
    begin,
    decided,
)  # fmt: skip
from andock.docking.resolve import LOCAL, MIXED, REGIONAL, Origin, resolve
from andock.docking.values import Parameter
from tests.docking.scenes import added, block, edition, element, ours, texts, town

GOAL = element("a", block("b1", "Daten sind offen."), block("b2", "Wir teilen sie."))
FIRST = edition(GOAL)


def tree(strategy) -> list[tuple[str, str | None]]:
    return [(one.element.id, one.element.parent) for one in resolve(strategy).passages]


# --- one element -------------------------------------------------------------------------------------------------------
def test_nothing_is_printed_that_was_not_adopted_but_it_is_known() -> None:
    start = begin(1, tuple(element(name) for name in "abcd"))
    states = (ADOPTED, DECLINED, DEFERRED, UNDECIDED)
    strategy = replace(start, decisions=tuple(map(decided, start.decisions, states)))

    assert tree(strategy) == [("a", None)]
    assert resolve(strategy).unprinted == ((DECLINED, "b"), (DEFERRED, "c"), (UNDECIDED, "d"))


def test_additions_stand_before_after_and_at_the_end() -> None:
    strategy = town(FIRST, added("Ende.", "", "e"), added("Nach eins.", "b1", "n"), added("Zuerst.", START, "s"))

    assert texts(strategy) == ["Zuerst.", "Daten sind offen.", "Nach eins.", "Wir teilen sie.", "Ende."]


def test_an_addition_without_its_block_is_printed_at_the_end() -> None:
    lost = town(FIRST, added("Irgendwo.", "gone"))

    assert texts(lost)[-1] == "Irgendwo."
    assert healed(lost.decisions[0]).additions[0].after == ""


def test_a_hidden_block_is_not_printed_and_what_follows_it_is() -> None:
    assert texts(town(FIRST, Override("block:b1", None), added("Dazu.", "b1"))) == ["Dazu.", "Wir teilen sie."]


def test_an_element_is_adapted_by_local_changes_and_heals_when_they_say_what_the_region_says() -> None:
    decision = town(FIRST, ours("b1", "Unser."), added("Dazu.")).decisions[0]

    assert (decision.shown_state, replace(decision, additions=()).shown_state) == (ADAPTED, ADAPTED)
    same = with_override(replace(decision, additions=()), ours("b1", "Daten  sind offen."))
    assert same.shown_state == ADOPTED
    assert decided(decision, DECLINED).shown_state == DECLINED


def test_an_override_of_a_field_that_does_not_exist_heals() -> None:
    assert healed(town(FIRST, ours("gone", "x")).decisions[0]).overrides == ()


def test_a_slot_whose_local_value_was_lost_is_the_regions() -> None:
    slot = Parameter("year", "Jahr", "year")
    decision = town(edition(replace(GOAL, parameters=(slot,))), Override("parameter:year", None)).decisions[0]

    assert effective(decision).parameters == (slot,)


@pytest.mark.parametrize(
    ("change", "count"),
    [(ours("b1", "Unser."), 1), (Override("block:b1", None), 1), (Override("parameter:year", Parameter("year", "", "")), 0)],
)  # fmt: skip
def test_drift_counts_what_replaces_or_hides_and_not_what_fills_a_slot(change: Override, count: int) -> None:
    assert drift(town(FIRST, change, added("Dazu.")).decisions[0]) == (count, 6)


# --- origins -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("block:b1", block("b1", "Unsere Daten sind offen."), Origin(MIXED, 1)),
        ("block:b1", block("b1", "Nichts davon bleibt hier stehen."), Origin(LOCAL)),
        ("block:b1", None, Origin(LOCAL)),
        ("title", "Stelle aaa", Origin(MIXED, 1)),
        ("title", "", Origin(LOCAL)),
        ("terms", ("SDG 9",), Origin(LOCAL)),
    ],
)
def test_local_wording_is_mixed_where_it_keeps_a_good_part_of_the_regions(field: str, value, kind: Origin) -> None:
    (passage,) = resolve(town(FIRST, Override(field, value, "Weil."))).passages

    assert passage.origins[field] == kind
    assert passage.origin == Origin(MIXED, 1)
    assert passage.reasons == ("Weil.",)


def test_mixed_begins_where_two_fifths_of_the_letters_stay() -> None:
    start = edition(element("a", block("b1", "aaaa bbbb cccc dddd eeee")))

    def origin(text: str) -> str:
        return resolve(town(start, ours("b1", text))).passages[0].origins["block:b1"].kind

    assert origin("aaaa bbbb cccc dddd ffff") == MIXED
    assert origin("ffff gggg hhhh iiii jjjj") == LOCAL


def test_a_passage_is_of_the_newest_edition_among_its_fields() -> None:
    decision = replace(town(FIRST).decisions[0], edition=3, held=(Held("block:b1", 1),))
    (passage,) = resolve(replace(town(FIRST), decisions=(decision,))).passages

    assert passage.origins["block:b1"] == Origin(REGIONAL, 1)
    assert passage.origin == Origin(REGIONAL, 3)


def test_an_own_element_is_local_all_through_and_says_what_it_serves() -> None:
    own = OwnElement(element("o"), serves="a", relation="part_of", origin="x")
    passage = resolve(replace(town(FIRST), own=(own,))).passages[1]

    assert (passage.state, passage.origin, passage.serves, passage.relation, passage.was) == (
        OWN,
        Origin(LOCAL),
        "a",
        "part_of",
        "x",
    )


# --- the tree ----------------------------------------------------------------------------------------------------------
def test_own_elements_stand_after_their_sibling_in_their_order_or_at_the_end() -> None:
    own = tuple(
        OwnElement(element(name), after=after) for name, after in (("x", "a"), ("y", "a"), ("z", "c"), ("w", ""))
    )
    strategy = replace(town(edition(element("a"), element("b"), element("c", parent="b"))), own=own)

    assert [name for name, _ in tree(strategy)] == ["a", "x", "y", "b", "c", "z", "w"]


def test_children_of_what_is_not_printed_stand_below_the_next_that_is() -> None:
    strategy = town(edition(element("a"), element("b", parent="a"), element("c", parent="b")))
    middle = replace(
        strategy, decisions=(strategy.decisions[0], decided(strategy.decisions[1], DECLINED), strategy.decisions[2])
    )
    top = replace(middle, decisions=(decided(middle.decisions[0], DECLINED), *middle.decisions[1:]))

    assert tree(middle) == [("a", None), ("c", "a")]
    assert tree(top) == [("c", None)]


def test_a_parent_nobody_knows_is_none() -> None:
    assert tree(town(edition(element("a", parent="gone")))) == [("a", None)]


def test_a_local_parent_counts_and_a_circle_is_cut_at_its_first_element() -> None:
    start = edition(element("a"), element("b", parent="a"), element("c", parent="b"), element("d"))

    assert tree(town(start, Override("parent", "d"))) == [("d", None), ("a", "d"), ("b", "a"), ("c", "b")]
    assert tree(town(start, Override("parent", "c"))) == [("d", None), ("a", None), ("b", "a"), ("c", "b")]
    assert tree(town(start, Override("parent", "a"))) == [("d", None), ("a", None), ("b", "a"), ("c", "b")]


def test_a_tree_may_be_deep() -> None:
    chain = [element("e0"), *(element(f"e{n}", parent=f"e{n - 1}") for n in range(1, 2000))]

    assert len(resolve(town(edition(*chain))).passages) == 2000


def test_the_text_can_be_compared_like_an_edition() -> None:
    assert resolve(town(FIRST)).as_edition("T", "L") == replace(FIRST, title="T", label="L")
