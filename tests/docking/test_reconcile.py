"""What a new edition asks: every row of the table of the specification, every edge case."""

from dataclasses import replace

import pytest

from andock.docking.items import (
    ADOPT,
    CONFLICT,
    CONVERGED,
    DECLINE,
    DECLINED_CHANGED,
    DEFER,
    EDITED,
    END,
    JOINED,
    KEEP,
    LEAVE,
    MERGED,
    NEW,
    PROMOTED,
    REINSTATED,
    REPLACED,
    REVIEW,
    SET_MERGE,
    SPLIT,
    TAKE,
    TO_LOCAL,
    UPSTREAM_ONLY,
    WITHDRAWN_CLEAN,
    WITHDRAWN_IN_USE,
    Resolution,
    by_thought,
    carried,
)  # fmt: skip
from andock.docking.lineage import LineageCycle
from andock.docking.local import DECLINED, DEFERRED, START, UNDECIDED, Held, Override, OwnElement
from andock.docking.values import Lineage, Parameter
from tests.docking.scenes import added, block, edition, element, kinds_in, ours, run_to, the, town

GOAL = element("a", block("b1", "Daten sind offen."), block("b2", "Wir teilen sie."), terms=("SDG 9", "SDG 11"))
FIRST = edition(GOAL)


def second(*elements, lineage=(), **changes):
    """The next edition: the goal with these changes, and other elements."""
    goal = (replace(GOAL, **changes),) if "gone" not in changes else ()
    return edition(*goal, *elements, ordinal=2, lineage=tuple(lineage))


def without_goal(*elements, lineage=()):
    return edition(*elements, ordinal=2, lineage=tuple(lineage))


REWRITTEN = second(blocks=(block("b1", "Daten sind frei."), GOAL.blocks[1]))


# --- the table -------------------------------------------------------------------------------------------------------
def test_what_the_region_left_alone_is_no_question_changed_locally_or_not() -> None:
    assert kinds_in(run_to(town(FIRST), second())) == {}
    assert kinds_in(run_to(town(FIRST, ours("b1", "Anders.")), second())) == {}


def test_what_only_the_region_changed_is_taken_if_staff_agree() -> None:
    item = the(run_to(town(FIRST), REWRITTEN), "a/block:b1")

    assert (item.kind, item.proposal, item.is_safe) == (UPSTREAM_ONLY, Resolution("a/block:b1", TAKE), True)
    assert (item.base, item.upstream, item.local) == (GOAL.blocks[0], block("b1", "Daten sind frei."), GOAL.blocks[0])


def test_the_same_edit_typed_by_hand_converges() -> None:
    item = the(run_to(town(FIRST, ours("b1", "Daten  sind frei.")), REWRITTEN), "a/block:b1")

    assert (item.kind, item.proposal, item.is_safe) == (CONVERGED, Resolution("a/block:b1", TAKE), True)


def test_what_the_region_changed_beside_local_blocks_is_merged() -> None:
    item = the(run_to(town(FIRST, ours("b2", "Wir teilen alles.")), REWRITTEN), "a/block:b1")

    assert (item.kind, item.is_safe) == (MERGED, True)


def test_what_both_changed_is_a_conflict_without_a_default() -> None:
    item = the(run_to(town(FIRST, ours("b1", "Alles ist neu.")), REWRITTEN), "a/block:b1")

    assert (item.kind, item.proposal, item.offer, item.is_safe) == (CONFLICT, None, None, False)


def test_a_conflict_in_different_words_offers_both_changes_and_still_has_no_default() -> None:
    local = town(FIRST, ours("b1", "Olpes Daten sind offen."))
    item = the(run_to(local, second(blocks=(block("b1", "Daten sind offen und frei."), GOAL.blocks[1]))), "a/block:b1")

    assert (item.offer, item.proposal) == (block("b1", "Olpes Daten sind offen und frei."), None)


def test_two_titles_merge_word_by_word_too() -> None:
    item = the(run_to(town(FIRST, Override("title", "Unsere Stelle a")), second(title="Stelle a heute")), "a/title")

    assert (item.kind, item.offer) == (CONFLICT, "Unsere Stelle a heute")


@pytest.mark.parametrize(
    ("local", "changes"),
    [
        (Override("block:b1", None), {"blocks": REWRITTEN.elements[0].blocks}),
        (ours("b1", "Neu."), {"blocks": (GOAL.blocks[1],)}),
        (ours("b1", "Daten sind offen, hier."), {"blocks": (block("b1", "Jetzt: Daten sind offen.", "list"), GOAL.blocks[1])}),
    ],
    ids=["hidden block", "dropped block", "another kind of block"],
)  # fmt: skip
def test_what_has_no_words_to_put_together_is_never_merged(local, changes) -> None:
    items = run_to(town(FIRST, local), second(**changes)).items

    assert [(item.key, item.kind, item.offer) for item in items] == [("a/block:b1", CONFLICT, None)]


def test_a_hidden_block_the_region_drops_converges() -> None:
    run = run_to(town(FIRST, Override("block:b1", None)), second(blocks=(GOAL.blocks[1],)))

    assert kinds_in(run) == {"a/block:b1": CONVERGED}


def test_sets_are_merged_local_plus_what_came_without_what_went() -> None:
    run = run_to(town(FIRST, Override("terms", ("SDG 9", "SDG 11", "SDG 17"))), second(terms=("SDG 11", "SDG 13")))
    item = the(run, "a/terms")

    assert (item.kind, item.is_safe) == (SET_MERGE, True)
    assert item.proposal == Resolution("a/terms", EDITED, ("SDG 11", "SDG 13", "SDG 17"))
    assert item.offer == item.proposal.value


def test_the_order_of_a_set_is_no_difference() -> None:
    assert kinds_in(run_to(town(FIRST), second(terms=("SDG 11", "SDG 9")))) == {}


@pytest.mark.parametrize("after", ["b1", START], ids=["after it", "before all"])
def test_an_addition_beside_changed_text_is_read_again(after: str) -> None:
    item = the(run_to(town(FIRST, added("Bei uns auch.", after)), REWRITTEN), "a/block:b1")

    assert (item.kind, item.proposal, item.is_safe) == (REVIEW, Resolution("a/block:b1", TAKE), False)
    assert item.additions == (added("Bei uns auch.", after),)


def test_an_addition_at_the_end_is_read_again_when_the_last_block_changes() -> None:
    local = town(FIRST, added("Bei uns auch."))

    assert kinds_in(run_to(local, second(blocks=(GOAL.blocks[0], block("b2", "Neu."))))) == {"a/block:b2": REVIEW}
    assert kinds_in(run_to(local, REWRITTEN)) == {"a/block:b1": UPSTREAM_ONLY}


def test_a_new_element_is_undecided_and_core_ones_come_first() -> None:
    run = run_to(town(FIRST), second(element("n"), element("c", obligation="core")))

    assert [(item.key, item.kind, item.proposal, item.is_core) for item in by_thought(run.items)] == [
        ("c", NEW, None, True),
        ("n", NEW, None, False),
    ]


def test_items_that_need_thought_come_first() -> None:
    run = run_to(town(FIRST, ours("b2", "Anders.")), second(element("n"), blocks=(block("b1", "x"), block("b2", "y"))))

    assert [item.kind for item in by_thought(run.items)] == [CONFLICT, NEW, MERGED]


def test_a_declined_element_that_changed_stays_declined_with_a_question() -> None:
    item = the(run_to(town(FIRST, state=DECLINED, reason="Zu teuer."), REWRITTEN), "a")

    assert (item.kind, item.proposal, item.is_safe) == (DECLINED_CHANGED, Resolution("a", KEEP), False)
    assert (item.before, item.after) == (GOAL, REWRITTEN.elements[0])


def test_a_declined_element_that_only_moved_is_no_question() -> None:
    assert kinds_in(run_to(town(FIRST, state=DECLINED), second(element("p"), parent="p"))) == {"p": NEW}


def test_a_withdrawn_element_ends_or_is_kept() -> None:
    run = run_to(town(FIRST), without_goal(lineage=[Lineage("withdrawn", "a", None, reason="Erledigt.")]))
    item = the(run, "a")

    assert (item.kind, item.proposal, item.reasons) == (WITHDRAWN_CLEAN, Resolution("a", END), ("Erledigt.",))
    assert (item.before, item.ending, item.answers) == (GOAL, ("a",), (END, TO_LOCAL, DEFER))


@pytest.mark.parametrize("change", [ours("b1", "Anders."), added("Dazu.")], ids=["adapted", "added to"])
def test_a_withdrawn_element_with_local_words_is_in_use(change) -> None:
    item = the(run_to(town(FIRST, change), without_goal()), "a")

    assert (item.kind, item.proposal) == (WITHDRAWN_IN_USE, Resolution("a", TO_LOCAL))


def test_a_withdrawn_element_with_something_attached_is_in_use() -> None:
    item = the(run_to(town(FIRST), without_goal(), a=("Maßnahme 1",)), "a")

    assert (item.kind, item.attached, item.states) == (WITHDRAWN_IN_USE, ("Maßnahme 1",), ("adopted",))


@pytest.mark.parametrize("state", [DECLINED, DEFERRED, UNDECIDED])
def test_what_was_not_adopted_ends_without_a_question(state: str) -> None:
    assert kinds_in(run_to(town(FIRST, state=state), without_goal())) == {}


# --- undecided and deferred elements -----------------------------------------------------------------------------------
def test_an_undecided_core_element_and_a_deferred_one_are_asked_again() -> None:
    core = edition(replace(GOAL, obligation="core"))

    assert kinds_in(run_to(town(core, state=UNDECIDED), replace(core, ordinal=2))) == {"a": NEW}
    assert kinds_in(run_to(town(FIRST, state=UNDECIDED), second())) == {}
    assert kinds_in(run_to(town(FIRST, state=DEFERRED), second())) == {"a": NEW}


@pytest.mark.parametrize(("state", "kind"), [(DECLINED, DECLINED_CHANGED), (DEFERRED, NEW)])
def test_local_words_of_what_is_not_adopted_meet_the_new_text_only_if_it_is(state: str, kind: str) -> None:
    run = run_to(town(FIRST, ours("b1", "Unser Wort."), state=state), REWRITTEN)

    assert [(item.key, item.kind, item.given) for item in run.items] == [("a", kind, ""), ("a/block:b1", CONFLICT, "a")]
    assert not the(run, "a/block:b1").is_safe


# --- numbers, slots, structure -----------------------------------------------------------------------------------------
def test_another_number_kind_or_source_is_no_question() -> None:
    assert kinds_in(run_to(town(FIRST), second(label="9.9", type="principle", obligation="core", verified=False))) == {}


YEAR = Parameter("year", "Zieljahr", "percent", value="")
WITH_YEAR = edition(replace(GOAL, parameters=(YEAR,)))
OUR_YEAR = Override("parameter:year", replace(YEAR, value="30"))


def test_a_slot_that_only_got_another_name_is_no_question() -> None:
    assert kinds_in(run_to(town(WITH_YEAR, OUR_YEAR), second(parameters=(replace(YEAR, label="Jahr"),)))) == {}


@pytest.mark.parametrize("change", [{"type": "number"}, {"unit": "kWh"}])
def test_a_filled_slot_of_another_type_or_unit_is_a_conflict_without_conversion(change) -> None:
    item = the(run_to(town(WITH_YEAR, OUR_YEAR), second(parameters=(replace(YEAR, **change),))), "a/parameter:year")

    assert (item.kind, item.offer, item.local) == (CONFLICT, None, OUR_YEAR.value)


def test_a_moved_element_is_no_question_unless_its_place_is_local() -> None:
    parents = (element("p"), element("q"))
    start = edition(GOAL, *parents)
    moved = edition(*parents, replace(GOAL, parent="p"), ordinal=2)

    assert kinds_in(run_to(town(start), moved)) == {}
    item = the(run_to(town(start, Override("parent", "q")), moved), "a/parent")
    assert (item.kind, item.base, item.upstream, item.local, item.offer) == (CONFLICT, "", "p", "q", None)
    assert kinds_in(run_to(town(start, Override("parent", "p")), moved)) == {"a/parent": CONVERGED}


def test_children_of_a_withdrawn_parent_follow_the_region_and_are_no_question() -> None:
    start = edition(GOAL, element("c", parent="a"))
    run = run_to(town(start), without_goal(element("c"), lineage=[Lineage("withdrawn", "a", None)]))

    assert kinds_in(run) == {"a": WITHDRAWN_CLEAN}


# --- blocks that move --------------------------------------------------------------------------------------------------
OTHER = element("z", block("z1", "Anderes."))
START_TWO = edition(GOAL, OTHER)
MOVED = edition(
    replace(GOAL, blocks=GOAL.blocks[1:]), replace(OTHER, blocks=(*OTHER.blocks, GOAL.blocks[0])), ordinal=2
)


def test_a_block_moved_between_adopted_elements_is_no_question() -> None:
    assert kinds_in(run_to(town(START_TWO), MOVED)) == {}
    assert kinds_in(run_to(town(START_TWO, ours("b1", "Unser Wort."), added("Dazu.", "b1")), MOVED)) == {}


def test_a_block_moved_and_reworded_is_asked_where_it_stands_now() -> None:
    reworded = edition(MOVED.elements[0], replace(OTHER, blocks=(*OTHER.blocks, block("b1", "Frei."))), ordinal=2)

    assert kinds_in(run_to(town(START_TWO), reworded)) == {"z/block:b1": UPSTREAM_ONLY}
    assert kinds_in(run_to(town(START_TWO, ours("b1", "Unser.")), reworded)) == {"z/block:b1": CONFLICT}


def test_a_block_moved_into_an_element_that_is_not_adopted_leaves_a_question_that_says_where_it_went() -> None:
    run = run_to(town(FIRST, ours("b1", "Unser.")), MOVED)

    assert kinds_in(run) == {"a/block:b1": CONFLICT, "z": NEW}
    assert the(run, "a/block:b1").home == "z"


def test_a_kept_block_the_region_brings_back_meets_what_it_says() -> None:
    kept = town(edition(replace(GOAL, blocks=GOAL.blocks[1:])), added("Daten sind offen.", "start", "b1"))
    apart = town(edition(replace(GOAL, blocks=GOAL.blocks[1:])), added("Ganz anders.", "start", "b1"))

    assert kinds_in(run_to(kept, second())) == {"a/block:b1": CONVERGED}
    assert kinds_in(run_to(apart, second())) == {"a/block:b1": CONFLICT}


# --- what becomes of elements ------------------------------------------------------------------------------------------
ONE, TWO = element("a1", GOAL.blocks[0]), element("a2", GOAL.blocks[1])
SPLIT_ROWS = [Lineage("split", "a", name, reason="Zu groß.") for name in ("a1", "a2")]
SPLIT_IN_TWO = without_goal(ONE, TWO, lineage=SPLIT_ROWS)


def test_a_split_proposes_both_parts_as_the_whole_was_adopted() -> None:
    run = run_to(town(FIRST), SPLIT_IN_TWO, a=("Maßnahme",))

    assert kinds_in(run) == {"a1": SPLIT, "a2": SPLIT}
    for name in ("a1", "a2"):
        item = the(run, name)
        assert (item.proposal, item.sources, item.states) == (Resolution(name, ADOPT), ("a",), ("adopted",))
        assert (item.attached, item.reasons, item.ending) == (("Maßnahme",), ("Zu groß.",), ("a",))
        assert item.answers == (ADOPT, DECLINE, TO_LOCAL, DEFER), "Leaving it open would make text disappear."


def test_a_split_of_a_declined_element_proposes_to_decline_both_for_the_same_reason() -> None:
    run = run_to(town(FIRST, state=DECLINED, reason="Zu teuer."), SPLIT_IN_TWO)

    assert the(run, "a1").proposal == Resolution("a1", DECLINE, reason="Zu teuer.")
    assert the(run, "a2").answers == (ADOPT, DECLINE, LEAVE, DEFER)


def test_local_changes_of_a_split_element_follow_their_block_and_the_others_wait_to_be_placed() -> None:
    local = town(
        FIRST, ours("b1", "Unser."), Override("title", "Unser Titel"), added("Dazu.", "b2"), added("Ende.", "", "end")
    )
    run = run_to(local, SPLIT_IN_TWO)

    assert [one.key for one in the(run, "a1").candidates] == ["a/title", "a/ours", "a/end"]
    assert [one.key for one in the(run, "a2").candidates] == ["a/block:b1", "a/title", "a/end"]
    assert the(run, "a1").candidates[0].source == "a"


def test_of_an_element_that_goes_on_only_what_lost_its_place_waits_to_be_placed() -> None:
    slimmer = replace(GOAL, blocks=GOAL.blocks[1:])
    target = without_goal(slimmer, element("n"), lineage=[Lineage("split", "a", name) for name in ("a", "n")])
    run = run_to(town(FIRST, ours("b1", "Unser."), ours("b2", "Auch."), added("Ende.")), target)

    assert [one.key for one in the(run, "n").candidates] == ["a/block:b1"]
    assert the(run, "n").answers == (ADOPT, DECLINE, LEAVE, DEFER), "Nothing ends that could be kept."
    assert kinds_in(run) == {"a/block:b1": CONFLICT, "n": SPLIT}


def test_text_that_changed_on_the_way_to_a_part_is_asked_under_its_adoption() -> None:
    target = without_goal(replace(ONE, blocks=(block("b1", "Frei."),)), TWO, lineage=SPLIT_ROWS)
    run = run_to(town(FIRST, ours("b1", "Unser.")), target)

    item = the(run, "a1/block:b1")
    assert (item.kind, item.given, item.standing, item.reasons) == (CONFLICT, "a1", False, ("Zu groß.",))
    assert (item.base, item.local) == (GOAL.blocks[0], block("b1", "Unser."))


PAIR = edition(GOAL, element("z", block("z1", "Anderes.")))
JOIN_ROWS = [Lineage("joined", name, "c", reason="Zusammen.") for name in ("a", "z")]
BOTH = without_goal(element("c", *GOAL.blocks, block("z1", "Anderes.")), lineage=JOIN_ROWS)


def with_state(strategy, name: str, state: str):
    decisions = tuple(replace(d, state=state) if d.element == name else d for d in strategy.decisions)
    return replace(strategy, decisions=decisions)


def test_a_join_of_equal_decisions_carries_them_over() -> None:
    item = the(run_to(town(PAIR), BOTH, a=("M1",), z=("M2",)), "c")

    assert (item.kind, item.proposal, item.sources) == (JOINED, Resolution("c", ADOPT), ("a", "z"))
    assert (item.attached, item.reasons) == (("M1", "M2"), ("Zusammen.",))


def test_a_join_of_mixed_decisions_is_for_people_to_decide() -> None:
    item = the(run_to(with_state(town(PAIR), "z", DECLINED), BOTH), "c")

    assert (item.proposal, item.states, item.ending) == (None, ("adopted", "declined"), ("a",))


def test_a_join_shows_both_titles_with_their_source() -> None:
    local = town(PAIR, Override("title", "Unser A"))
    other = replace(local.decisions[1], overrides=(Override("title", "Unser Z"),))
    item = the(run_to(replace(local, decisions=(local.decisions[0], other)), BOTH), "c")

    assert [(one.source, one.change.value) for one in item.candidates] == [("a", "Unser A"), ("z", "Unser Z")]


def test_a_join_into_one_that_goes_on_asks_its_fields_as_its_own() -> None:
    into = replace(PAIR.elements[1], title="Anders", blocks=(*PAIR.elements[1].blocks, *GOAL.blocks))
    rows = [Lineage("joined", name, "z") for name in ("a", "z")]
    run = run_to(town(PAIR), without_goal(into, lineage=rows))

    assert kinds_in(run) == {"z": JOINED, "z/title": UPSTREAM_ONLY}
    assert the(run, "z/title").standing
    assert the(run, "z").states == ("adopted", "adopted")


def test_a_replaced_element_is_followed() -> None:
    run = run_to(town(FIRST), without_goal(element("r"), lineage=[Lineage("replaced", "a", "r", "superset")]))

    assert kinds_in(run) == {"r": REPLACED}


def test_a_successor_of_what_nobody_decided_is_simply_new() -> None:
    run = run_to(town(FIRST, state=UNDECIDED), without_goal(element("r"), lineage=[Lineage("replaced", "a", "r")]))

    assert kinds_in(run) == {"r": NEW}


@pytest.mark.parametrize(("state", "answer", "reason"), [("adopted", ADOPT, ""), (DECLINED, DECLINE, "Zu teuer.")])
def test_a_reinstated_element_offers_the_old_decision(state: str, answer: str, reason: str) -> None:
    ended = town(FIRST, ours("b1", "Unser."), state="ended", reason="Zu teuer.")
    ended = replace(ended, decisions=(replace(ended.decisions[0], was=state),))
    run = run_to(
        ended, second(blocks=REWRITTEN.elements[0].blocks, lineage=[Lineage("reinstated", None, "a", reason="Doch.")])
    )

    item = the(run, "a")
    assert (item.kind, item.states, item.proposal) == (REINSTATED, (state,), Resolution("a", answer, reason=reason))
    assert (item.before, item.reasons) == (GOAL, ("Doch.",))
    assert kinds_in(run) == {"a": REINSTATED, "a/block:b1": CONFLICT}


def test_what_had_ended_undecided_and_comes_back_is_new_only_where_it_is_core() -> None:
    ended = town(FIRST, state="ended")
    ended = replace(ended, decisions=(replace(ended.decisions[0], was=UNDECIDED),))

    assert kinds_in(run_to(ended, second())) == {}
    assert kinds_in(run_to(ended, second(obligation="core"))) == {"a": NEW}


OWN = element("o", block("o1", "Nur bei uns."), block("o2", "Und hier."), title="Eigenes")


@pytest.mark.parametrize("name", ["o", "r"], ids=["same identity", "by lineage"])
def test_an_own_element_the_region_takes_up_asks_where_it_says_something_else(name: str) -> None:
    strategy = replace(town(FIRST), own=(OwnElement(OWN),))
    taken = replace(OWN, id=name, title="Neu", blocks=(block("n1", "Nur bei uns."), block("n2", "In der Region.")))
    run = run_to(strategy, second(taken, lineage=[Lineage("promoted", "o", name)]))

    assert kinds_in(run) == {
        name: PROMOTED, f"{name}/title": CONFLICT, f"{name}/block:n2": UPSTREAM_ONLY, f"{name}/block:o2": CONFLICT,
    }  # fmt: skip
    assert all(item.given == name for item in run.items if item.field)
    assert the(run, f"{name}/title").base == the(run, f"{name}/title").local == "Eigenes"


# --- several editions --------------------------------------------------------------------------------------------------
def test_lineage_is_composed_over_skipped_editions() -> None:
    third = edition(element("c"), ordinal=3, lineage=(Lineage("replaced", "b", "c", reason="Dann so."),))
    middle = without_goal(element("b"), lineage=[Lineage("replaced", "a", "b", reason="Erst so.")])
    item = the(run_to(town(FIRST), middle, third), "c")

    assert (item.kind, item.sources, item.reasons) == (REPLACED, ("a",), ("Erst so.", "Dann so."))


def test_what_came_and_went_in_skipped_editions_is_a_withdrawal() -> None:
    third = edition(ordinal=3, lineage=(Lineage("withdrawn", "b", None),))
    middle = without_goal(element("b"), lineage=[Lineage("replaced", "a", "b")])

    assert kinds_in(run_to(town(FIRST), middle, third)) == {"a": WITHDRAWN_CLEAN}


def test_a_field_that_was_put_off_tells_all_that_happened_since() -> None:
    rows = tuple(Lineage("moved", "a", "a", reason=f"Grund {n}.") for n in (2, 3))
    held = replace(town(FIRST).decisions[0], edition=2, held=(Held("block:b1", 1),))
    strategy = replace(town(FIRST), edition=2, decisions=(held,))
    run = run_to(
        strategy,
        second(lineage=rows[:1]),
        edition(replace(GOAL, title="Neu", blocks=REWRITTEN.elements[0].blocks), ordinal=3, lineage=rows[1:]),
    )

    assert the(run, "a/block:b1").reasons == ("Grund 2.", "Grund 3.")
    assert the(run, "a/title").reasons == ("Grund 3.",)


def test_a_circle_in_the_lineage_is_refused() -> None:
    rows = [Lineage("replaced", "a", "b"), Lineage("replaced", "b", "a")]

    with pytest.raises(LineageCycle):
        run_to(town(FIRST), second(element("b"), lineage=rows))


def test_answers_are_carried_to_a_newer_edition_where_question_and_wording_are_the_same() -> None:
    start = edition(GOAL, element("z", block("z1", "Anderes.")))
    middle = second(replace(start.elements[1], title="Neu"), element("n"), blocks=REWRITTEN.elements[0].blocks)
    newest = replace(
        middle, ordinal=3,
        elements=(replace(middle.elements[0], label="9", title="Anders"), replace(middle.elements[1], title="Neuer"),
                  replace(middle.elements[2], label="10", note="gesehen")),
    )  # fmt: skip
    given = {key: Resolution(key, TAKE) for key in ("a/block:b1", "z/title", "n")}

    assert set(carried(given, run_to(town(start), middle), run_to(town(start), middle, newest))) == {"a/block:b1", "n"}
