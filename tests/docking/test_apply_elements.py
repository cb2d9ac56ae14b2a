"""What every answer makes of elements that end, divide, join or were one's own, and what a next run asks after it."""

from dataclasses import replace

import pytest

from andock.docking.apply import Unanswered, apply
from andock.docking.items import (
    ADOPT,
    DECLINE,
    DEFER,
    KEEP,
    LEAVE,
    TAKE,
    TO_LOCAL,
    Resolution,
)  # fmt: skip
from andock.docking.local import (
    ADOPTED,
    DECLINED,
    DEFERRED,
    ENDED,
    EQUAL,
    UNDECIDED,
    Held,
    Override,
    OwnElement,
    Strategy,
)  # fmt: skip
from andock.docking.resolve import LOCAL, REGIONAL, Origin, resolve
from andock.docking.values import Lineage, Parameter
from tests.docking.scenes import added, answers, block, edition, element, kinds_in, ours, run_to, texts, town

B1, B2, B3 = block("b1", "Eins."), block("b2", "Zwei."), block("b3", "Drei.")
GOAL = element("a", B1, B2, B3, title="Titel")
FIRST = edition(GOAL)


def next_edition(*others, ordinal=2, lineage=(), **changes):
    return edition(replace(GOAL, **changes), *others, ordinal=ordinal, lineage=tuple(lineage))


def done(strategy: Strategy, *later, **given) -> Strategy:
    return apply(run_to(strategy, *later), answers(**given))


def first(strategy: Strategy):
    return strategy.decisions[0]


OTHER = element("z", block("z1", "Anderes."))
NEW = element("n", block("n1", "Neues."))
WITHDRAWN = edition(NEW, ordinal=2, lineage=(Lineage("withdrawn", "a", None),))


# --- elements of one's own -----------------------------------------------------------------------------------------------
def kept_locally(strategy: Strategy, *later, **given) -> Strategy:
    return done(strategy, *later, a=Resolution("", TO_LOCAL, identity="k"), **given)


def test_what_is_kept_as_ones_own_stands_where_it_stood_with_its_slots_and_what_is_below() -> None:
    year = Parameter("year", "Jahr", "year")
    tree = edition(
        element("p"),
        replace(GOAL, parent="p", parameters=(year, replace(year, key="b"))),
        element("c", parent="a"),
        element("q", parent="p"),
    )
    local = town(tree)
    filled = replace(local.decisions[1], overrides=(Override("parameter:year", replace(year, value="2027")),))
    local = replace(local, decisions=(local.decisions[0], filled, *local.decisions[2:]))
    target = edition(tree.elements[0], replace(tree.elements[2], parent="p"), tree.elements[3], ordinal=2)
    (own,) = kept_locally(local, target).own

    assert (own.element.id, own.origin, own.after, own.serves) == ("k", "a", "a", "")
    assert own.element.parameters == (replace(year, value="2027"),)
    printed = [(one.element.id, one.element.parent) for one in resolve(kept_locally(local, target)).passages]
    assert printed == [("p", None), ("k", "p"), ("c", "p"), ("q", "p")]


def test_two_kept_elements_one_below_the_other_stay_so() -> None:
    tree = edition(GOAL, element("c", parent="a"))
    made = kept_locally(town(tree), edition(ordinal=2), c=Resolution("", TO_LOCAL, identity="kc"))

    assert [(one.element.id, one.element.parent) for one in resolve(made).passages] == [("k", None), ("kc", "k")]


@pytest.mark.parametrize(("text", "own"), [("Eins.", []), ("Neu.", [("k", "a", EQUAL)])])
def test_what_was_kept_goes_when_the_region_says_it_again_and_stays_beside_it_when_not(text, own) -> None:
    kept = kept_locally(town(FIRST), WITHDRAWN, n=LEAVE)
    back = next_edition(NEW, blocks=(block("b1", text), B2, B3), ordinal=3)
    made = done(kept, back, a=ADOPT)

    assert [(one.element.id, one.serves, one.relation) for one in made.own] == own
    assert [one.element.id for one in done(kept, back, a=DECLINE).own] == ["k"]


OWN = OwnElement(element("o", block("o1", "Nur bei uns."), title="Eigenes"))
BELOW = OwnElement(element("u", block("u1", "Darunter."), parent="o"), after="o")


def test_an_own_element_the_region_has_taken_up_becomes_regional_and_what_is_below_stays_there() -> None:
    taken = replace(OWN.element, id="r", label="7")
    strategy = replace(town(FIRST), own=(OWN, BELOW))
    run = run_to(strategy, next_edition(taken, lineage=[Lineage("promoted", "o", "r")]))
    made = apply(run, answers(r=ADOPT))

    assert [(one.element.id, one.element.parent, one.after) for one in made.own] == [("u", "r", "r")]
    assert (made.decisions[1].shown_state, made.decisions[1].base) == (ADOPTED, taken)
    declined = apply(run, answers(r=DECLINE))
    assert declined.own == (OWN, BELOW)


@pytest.mark.parametrize(
    ("answer", "shown", "origin"),
    [
        (KEEP, "Nur bei uns.", Origin(LOCAL)),
        (TAKE, "Überall.", Origin(REGIONAL, 2)),
        (DEFER, "Nur bei uns.", Origin(LOCAL)),
    ],
)
def test_where_the_region_took_it_up_in_other_words_the_own_ones_are_not_lost_unasked(answer, shown, origin) -> None:
    taken = replace(OWN.element, blocks=(block("o1", "Überall."),))
    made = done(replace(town(FIRST), own=(OWN,)), next_edition(taken), o=ADOPT, o__o1=answer)

    assert texts(made, 1) == [shown]
    assert resolve(made).passages[1].origins["block:o1"] == origin
    again = run_to(made, next_edition(taken, ordinal=3))
    assert kinds_in(again) == ({"o/block:o1": "conflict"} if answer == DEFER else {})


def test_an_own_element_adopted_by_hand_under_its_own_identity_is_printed_once_and_kept() -> None:
    strategy = replace(town(edition(GOAL, OWN.element)), own=(OWN,))

    assert [one.element.id for one in resolve(strategy).passages] == ["a", "o"]
    assert done(strategy, next_edition(OWN.element)).own == (OWN,)


# --- successions -------------------------------------------------------------------------------------------------------
ONE, TWO = element("a1", B1), element("a2", B2, B3)
ROWS = tuple(Lineage("split", "a", name) for name in ("a1", "a2"))
IN_TWO = edition(ONE, TWO, ordinal=2, lineage=ROWS)
LOCALLY = (ours("b1", "Unser."), Override("title", "Unser Titel"), added("Dazu.", "b2"), added("Ende.", "", "end"))


def states(strategy: Strategy) -> dict[str, str]:
    return {decision.element: decision.state for decision in strategy.decisions}


def named(strategy: Strategy, name: str):
    return next(decision for decision in strategy.decisions if decision.element == name)


def test_a_split_takes_local_words_along_and_staff_place_the_rest() -> None:
    placing = Resolution("", ADOPT, placed=("a/title", "a/end", "a/block:b1"))
    made = done(town(FIRST, *LOCALLY), IN_TWO, a1=ADOPT, a2=placing)

    assert states(made) == {"a1": ADOPTED, "a2": ADOPTED, "a": ENDED}
    assert texts(made) == ["Unser."]
    assert texts(made, 1) == ["Zwei.", "Dazu.", "Drei.", "Unser.", "Ende."]
    assert [one.element.title for one in resolve(made).passages] == ["Stelle a1", "Unser Titel"]
    assert kinds_in(run_to(made, replace(IN_TWO, ordinal=3, lineage=()))) == {}


def test_one_part_put_off_keeps_the_whole_in_force_and_only_that_part_is_asked_again() -> None:
    waiting = done(town(FIRST, *LOCALLY), IN_TWO, a1=ADOPT, a2=DEFER)

    assert states(waiting) == {"a": ADOPTED, "a1": ADOPTED, "a2": DEFERRED}
    run = run_to(waiting, IN_TWO, replace(IN_TWO, ordinal=3, lineage=()))
    assert kinds_in(run) == {"a2": "split"}
    assert states(apply(run, answers(a2=ADOPT))) == {"a1": ADOPTED, "a2": ADOPTED, "a": ENDED}


def test_a_part_kept_as_ones_own_while_another_waits_is_asked_again_with_it() -> None:
    waiting = done(town(FIRST), IN_TWO, a1=Resolution("", TO_LOCAL, identity="k"), a2=DEFER)

    assert waiting.own == ()
    run = run_to(waiting, IN_TWO, replace(IN_TWO, ordinal=3, lineage=()))
    assert kinds_in(run) == {"a1": "split", "a2": "split"}
    made = apply(run, answers(a1=Resolution("", TO_LOCAL, identity="k"), a2=DECLINE))
    assert [(own.element.id, own.serves, own.origin) for own in made.own] == [("k", "a1", "a")]


def test_an_element_that_goes_on_waits_for_what_was_split_off_and_moves_on_itself() -> None:
    target = next_edition(
        NEW, element("m"), title="Neu", lineage=[Lineage("split", "a", name) for name in ("a", "n", "m")]
    )
    waiting = done(town(FIRST), target, a__title=TAKE, n=DEFER, m=LEAVE)

    assert (first(waiting).edition, first(waiting).settled, first(waiting).base.title) == (2, 1, "Neu")
    run = run_to(waiting, target, replace(target, ordinal=3, lineage=()))
    assert kinds_in(run) == {"n": "split"}
    assert first(apply(run, answers(n=ADOPT))).settled == 0


SLIM = next_edition(element("n", B2), blocks=(B1, B3), lineage=[Lineage("split", "a", name) for name in ("a", "n")])


def test_additions_of_a_block_that_was_split_off_follow_it_and_are_printed_once() -> None:
    made = done(town(FIRST, added("Dazu.", "b2")), SLIM, a__b2=TAKE, n=ADOPT)

    assert (texts(made), texts(made, 1)) == (["Eins.", "Drei."], ["Zwei.", "Dazu."])


def test_additions_of_a_block_that_was_split_off_stay_where_the_part_is_declined() -> None:
    assert texts(done(town(FIRST, added("Dazu.", "b2")), SLIM, a__b2=TAKE, n=DECLINE)) == ["Eins.", "Dazu.", "Drei."]
    assert texts(done(town(FIRST, ours("b2", "Unser.")), SLIM, a__b2=KEEP, n=DECLINE)) == ["Eins.", "Unser.", "Drei."]


PAIR = edition(GOAL, OTHER)
JOINED = edition(
    element("c", *GOAL.blocks, *OTHER.blocks), ordinal=2, lineage=tuple(Lineage("joined", n, "c") for n in "az")
)


def two_towns(*changes) -> Strategy:
    local = town(PAIR, *changes)
    other = replace(local.decisions[1], overrides=(Override("title", "Titel Z"), ours("z1", "Unser Z.")))
    return replace(local, decisions=(local.decisions[0], other))


def test_a_join_takes_local_words_of_both_and_no_placed_title_is_lost() -> None:
    placing = Resolution("", ADOPT, placed=("a/title", "z/title"))
    made = done(two_towns(Override("title", "Titel A"), ours("b1", "Unser A.")), JOINED, c=placing)

    assert resolve(made).passages[0].element.title == "Titel A"
    assert texts(made) == ["Unser A.", "Zwei.", "Drei.", "Unser Z.", "Titel Z"]
    assert states(made) == {"c": ADOPTED, "a": ENDED, "z": ENDED}


def test_of_two_placed_parents_the_first_counts() -> None:
    local = two_towns(Override("parent", "z"))
    other = replace(local.decisions[1], overrides=(Override("parent", "a"),))
    placing = Resolution("", ADOPT, placed=("a/parent", "z/parent"))
    made = done(replace(local, decisions=(local.decisions[0], other)), JOINED, c=placing)

    assert named(made, "c").overrides == (Override("parent", "z"),)
    assert named(made, "c").additions == ()


def test_of_a_join_kept_as_ones_own_every_element_is_kept_under_its_own_identity() -> None:
    made = done(two_towns(), JOINED, c=Resolution("", TO_LOCAL, identity="k"))
    again = done(two_towns(), JOINED, c=Resolution("", TO_LOCAL, identity="k"))

    assert [own.origin for own in made.own] == ["a", "z"]
    assert made.own[0].element.id == "k"
    assert len({own.element.id for own in made.own}) == 2
    assert made == again
    assert states(made)["c"] == UNDECIDED


INTO = edition(
    replace(OTHER, title="Neu", blocks=(*OTHER.blocks, *GOAL.blocks)),
    ordinal=2,
    lineage=tuple(Lineage("joined", n, "z") for n in "az"),
)


def test_a_join_into_one_that_goes_on_asks_its_fields_whatever_becomes_of_the_other() -> None:
    local = town(PAIR, ours("b1", "Unser."), added("Dazu.", "b2"))
    keep_own = Resolution("", TO_LOCAL, identity="k")

    joined = done(local, INTO, z=ADOPT, z__title=TAKE)
    assert texts(joined) == ["Anderes.", "Unser.", "Zwei.", "Dazu.", "Drei."]
    apart = done(local, INTO, z=keep_own, z__title=TAKE)
    assert texts(apart) == ["Unser.", "Zwei.", "Dazu.", "Drei."], "What was kept stands where it stood."
    assert texts(apart, 1) == ["Anderes.", "Eins.", "Zwei.", "Drei."]
    with pytest.raises(Unanswered, match="z/title"):
        done(local, INTO, z=keep_own)


def test_a_join_that_is_put_off_leaves_both_as_they_are() -> None:
    waiting = done(town(PAIR, ours("b1", "Unser.")), INTO, z=DEFER)

    assert states(waiting) == {"a": ADOPTED, "z": ADOPTED}
    assert [texts(waiting, place) for place in (0, 1)] == [["Unser.", "Zwei.", "Drei."], ["Anderes."]]
    assert waiting.decisions[1].held[0].field == ""
    run = run_to(waiting, INTO, replace(INTO, ordinal=3, lineage=()))
    assert kinds_in(run) == {"z": "joined", "z/title": "upstream_only"}


def test_a_join_of_a_declined_one_leaves_it_declined_where_the_other_is_kept() -> None:
    local = town(PAIR)
    local = replace(local, decisions=(local.decisions[0], replace(local.decisions[1], state=DECLINED, reason="Nein.")))
    made = apply(run_to(local, INTO), {"z": Resolution("z", TO_LOCAL, identity="k")})

    assert states(made) == {"z": DECLINED, "a": ENDED}
    assert named(made, "z").reason == "Nein."


def test_a_field_put_off_on_the_way_to_a_successor_remembers_its_edition() -> None:
    target = edition(element("r", block("b1", "Neu.")), ordinal=2, lineage=(Lineage("replaced", "a", "r"),))
    made = done(town(FIRST, ours("b1", "Unser.")), target, r=ADOPT, r__b1=DEFER)

    assert named(made, "r").held == (Held("block:b1", 1, "", "Darum."),)
