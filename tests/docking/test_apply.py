"""What every answer makes of a strategy, and what a next run asks after it."""

from dataclasses import replace

import pytest

from andock.docking.apply import NotAnAnswer, Unanswered, apply
from andock.docking.items import (
    ADOPT,
    DECLINE,
    DEFER,
    DROP,
    EDITED,
    END,
    KEEP,
    LEAVE,
    TAKE,
    Resolution,
    open_items,
    safe_proposals,
)  # fmt: skip
from andock.docking.local import (
    ADAPTED,
    ADOPTED,
    COUNCIL,
    DECLINED,
    DEFERRED,
    ENDED,
    START,
    UNDECIDED,
    Addition,
    Held,
    Override,
    Strategy,
)  # fmt: skip
from andock.docking.resolve import REGIONAL, Origin, resolve
from andock.docking.values import Lineage, Parameter
from tests.docking.scenes import added, answers, block, edition, element, kinds_in, ours, run_to, texts, the, town

B1, B2, B3 = block("b1", "Eins."), block("b2", "Zwei."), block("b3", "Drei.")
GOAL = element("a", B1, B2, B3, title="Titel")
FIRST = edition(GOAL)


def next_edition(*others, ordinal=2, lineage=(), **changes):
    return edition(replace(GOAL, **changes), *others, ordinal=ordinal, lineage=tuple(lineage))


def done(strategy: Strategy, *later, **given) -> Strategy:
    return apply(run_to(strategy, *later), answers(**given))


def first(strategy: Strategy):
    return strategy.decisions[0]


REWORDED = next_edition(blocks=(block("b1", "Neu."), B2, B3))


# --- fields ------------------------------------------------------------------------------------------------------------
def test_taking_the_new_wording_drops_the_local_one() -> None:
    made = done(town(FIRST, ours("b1", "Unser.")), REWORDED, a__b1=TAKE)

    assert (texts(made)[0], first(made).shown_state, first(made).edition) == ("Neu.", ADOPTED, 2)


def test_keeping_the_local_wording_is_asked_again_only_when_the_region_moves_on() -> None:
    kept = done(town(FIRST, ours("b1", "Unser.")), REWORDED, a__b1=KEEP)

    assert (texts(kept)[0], first(kept).base.blocks[0]) == ("Unser.", block("b1", "Neu."))
    assert kinds_in(run_to(kept, replace(REWORDED, ordinal=3))) == {}
    assert kinds_in(run_to(kept, next_edition(ordinal=3))) == {"a/block:b1": "conflict"}


def test_keeping_an_untouched_wording_makes_the_element_adapted() -> None:
    kept = done(town(FIRST), REWORDED, a__b1=Resolution("", KEEP, reason="Passt besser."))

    assert first(kept).shown_state == ADAPTED
    assert first(kept).overrides == (Override("block:b1", B1, "Passt besser."),)


def test_keeping_remembers_reason_and_whose_words_they_are() -> None:
    local = Override("block:b1", block("b1", "Unser."), "Ratsbeschluss.", COUNCIL)
    kept = apply(run_to(town(FIRST, local), REWORDED), {"a/block:b1": Resolution("a/block:b1", KEEP)})

    assert first(kept).overrides == (local,)


def test_a_conflict_may_be_answered_in_new_words_which_are_the_offices() -> None:
    local = Override("block:b1", block("b1", "Unser."), "Ratsbeschluss.", COUNCIL)
    edited = apply(run_to(town(FIRST, local), REWORDED), {"a/block:b1": Resolution("a/block:b1", EDITED, "Beides.")})

    assert first(edited).overrides == (Override("block:b1", block("b1", "Beides."), "Ratsbeschluss."),)


def test_new_words_that_say_what_the_region_says_are_no_local_ones() -> None:
    assert first(done(town(FIRST), REWORDED, a__b1=Resolution("", EDITED, "Neu."))).overrides == ()


def test_other_fields_take_new_values_as_they_are() -> None:
    start = edition(replace(GOAL, parameters=(Parameter("year", "Jahr", "year"),)))
    target = next_edition(
        title="Neuer", terms=("SDG 9",), parameters=(Parameter("year", "Jahr", "year", value="2030"),)
    )
    made = apply(run_to(town(start), target), {
        "a/title": Resolution("a/title", EDITED, "Unserer"),
        "a/terms": Resolution("a/terms", EDITED, ("SDG 17",)),
        "a/parameter:year": Resolution("a/parameter:year", EDITED, "2035"),
    })  # fmt: skip
    printed = resolve(made).passages[0].element

    assert (printed.title, printed.terms, printed.parameters[0].value) == ("Unserer", ("SDG 17",), "2035")


def test_deferring_keeps_text_and_base_and_remembers_since_when() -> None:
    put_off = apply(
        run_to(town(FIRST), REWORDED),
        {"a/block:b1": Resolution("a/block:b1", DEFER, reason="Klären.", until="2030-01-01")},
    )

    assert (texts(put_off)[0], first(put_off).edition) == ("Eins.", 2)
    assert first(put_off).held == (Held("block:b1", 1, "2030-01-01", "Klären."),)
    assert resolve(put_off).passages[0].origins["block:b1"] == Origin(REGIONAL, 1)
    assert resolve(put_off).passages[0].origins["title"] == Origin(REGIONAL, 2)


def test_what_was_put_off_twice_remembers_the_first_time_and_is_gone_when_the_region_turns_back() -> None:
    once = done(town(FIRST), REWORDED, a__b1=DEFER)
    twice = done(once, replace(REWORDED, ordinal=3), a__b1=DEFER)
    back = done(twice, next_edition(ordinal=4))

    assert first(twice).held[0].edition == 1
    assert (first(back).held, texts(back)) == ((), ["Eins.", "Zwei.", "Drei."])


def test_a_new_block_that_is_put_off_is_not_there_yet_and_one_that_went_still_is() -> None:
    put_off = done(town(FIRST), next_edition(blocks=(B1, block("n", "Neu."), B3)), a__n=DEFER, a__b2=DEFER)

    assert texts(put_off) == ["Eins.", "Zwei.", "Drei."]


def test_keeping_a_new_block_out_hides_it() -> None:
    kept = done(town(FIRST), next_edition(blocks=(*GOAL.blocks, block("n", "Neu."))), a__n=KEEP)

    assert texts(kept) == ["Eins.", "Zwei.", "Drei."]
    assert first(kept).overrides == (Override("block:n", None, "Darum."),)


def test_keeping_a_new_slot_out_leaves_it_empty() -> None:
    target = next_edition(parameters=(Parameter("year", "Jahr", "year"),))
    kept = apply(run_to(town(FIRST), target), {"a/parameter:year": Resolution("a/parameter:year", KEEP)})

    assert resolve(kept).passages[0].element.parameters == target.elements[0].parameters


@pytest.mark.parametrize(("answer", "shown"), [(TAKE, ["Eins.", "Drei."]), (KEEP, ["Eins.", "Unser.", "Drei."])])
def test_a_local_block_the_region_drops_goes_or_stays_at_its_place(answer: str, shown: list[str]) -> None:
    made = done(town(FIRST, ours("b2", "Unser.")), next_edition(blocks=(B1, B3)), a__b2=answer)

    assert texts(made) == shown


def test_kept_blocks_stay_in_order_at_the_beginning_too_and_additions_stay_behind_them() -> None:
    local = town(FIRST, added("Nach eins.", "b1", "x"), added("Nach zwei.", "b2", "y"))
    kept = done(local, next_edition(blocks=(B3,)), a__b1=KEEP, a__b2=KEEP)

    assert texts(kept) == ["Eins.", "Nach eins.", "Zwei.", "Nach zwei.", "Drei."]
    assert {one.after for one in first(kept).additions} == {START}
    assert texts(done(kept, next_edition(blocks=(B3,), title="x", ordinal=3), a__title=TAKE)) == texts(kept)


def test_a_kept_block_the_region_brings_back_is_its_local_wording_again() -> None:
    kept = done(town(FIRST, ours("b1", "Unser.")), next_edition(blocks=(B2, B3)), a__b1=KEEP)
    back = next_edition(ordinal=3)

    for answer, shown in ((KEEP, "Unser."), (TAKE, "Eins."), (DEFER, "Unser.")):
        assert texts(done(kept, back, a__b1=answer)) == [shown, "Zwei.", "Drei."]
    assert first(done(kept, back, a__b1=KEEP)).overrides == (Override("block:b1", block("b1", "Unser."), "Darum."),)


def test_a_filled_slot_the_region_drops_goes_on_as_a_sentence_and_an_empty_one_does_not() -> None:
    year = Parameter("year", "Zieljahr", "year", "n. Chr.", "")
    start = edition(replace(GOAL, parameters=(year,)))
    key = "a/parameter:year"
    keep = {key: Resolution(key, KEEP)}
    filled = apply(run_to(town(start, Override("parameter:year", replace(year, value="2027"))), next_edition()), keep)

    assert texts(filled)[-1] == "Zieljahr: 2027 n. Chr."
    assert texts(apply(run_to(town(start), next_edition()), keep)) == ["Eins.", "Zwei.", "Drei."]


def test_two_slots_that_were_kept_at_different_times_both_stay() -> None:
    year = Parameter("year", "Jahr", "year")
    local = Override("parameter:year", replace(year, value="2027"))
    start = edition(replace(GOAL, parameters=(year,)))
    kept = Addition(block("a:parameter:year", "Jahr: 2025"))
    made = apply(
        run_to(town(start, local, kept), next_edition()), {"a/parameter:year": Resolution("a/parameter:year", KEEP)}
    )

    assert texts(made)[-2:] == ["Jahr: 2025", "Jahr: 2027"]
    assert len({part.id for part in resolve(made).passages[0].element.blocks}) == 5


def test_a_slot_keeps_its_value_and_goes_by_the_regions_new_name() -> None:
    year = Parameter("year", "Zieljahr", "year")
    local = Override("parameter:year", replace(year, value="2027"))
    made = done(
        town(edition(replace(GOAL, parameters=(year,))), local), next_edition(parameters=(replace(year, label="Jahr"),))
    )

    assert resolve(made).passages[0].element.parameters == (replace(year, label="Jahr", value="2027"),)


# --- additions ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (TAKE, ["Neu.", "Dazu.", "Zwei.", "Drei."]),
        (KEEP, ["Eins.", "Dazu.", "Zwei.", "Drei."]),
        (DROP, ["Neu.", "Zwei.", "Drei."]),
        (DEFER, ["Eins.", "Dazu.", "Zwei.", "Drei."]),
        (Resolution("", EDITED, "Anders dazu."), ["Neu.", "Anders dazu.", "Zwei.", "Drei."]),
        (Resolution("", EDITED, block("ours", "Anders dazu.")), ["Neu.", "Anders dazu.", "Zwei.", "Drei."]),
        (Resolution("", EDITED), ["Neu.", "Dazu.", "Zwei.", "Drei."]),
    ],
    ids=["kept", "old wording", "dropped", "deferred", "reworded", "reworded block", "without text"],
)
def test_an_addition_beside_new_wording(answer, shown: list[str]) -> None:
    assert texts(done(town(FIRST, added("Dazu.", "b1")), REWORDED, a__b1=answer)) == shown


def test_rewording_an_addition_leaves_its_neighbour_alone() -> None:
    local = town(FIRST, added("Dazu.", "b1", "x"), added("Und.", "b1", "y"))
    made = done(local, REWORDED, a__b1=Resolution("", EDITED, "Anders."))

    assert texts(made)[1:3] == ["Anders.", "Und."]


def test_an_addition_whose_block_is_gone_stays_where_it_stood() -> None:
    local = town(FIRST, added("Nach eins.", "b1", "x"), added("Nach zwei.", "b2", "y"))

    assert texts(done(local, next_edition(blocks=(B1, B3)), a__b2=TAKE)) == [
        "Eins.",
        "Nach eins.",
        "Nach zwei.",
        "Drei.",
    ]
    assert texts(done(local, next_edition(blocks=(B2, B3)), a__b1=TAKE)) == [
        "Nach eins.",
        "Zwei.",
        "Nach zwei.",
        "Drei.",
    ]


# --- blocks that move --------------------------------------------------------------------------------------------------
OTHER = element("z", block("z1", "Anderes."))


def test_what_is_local_about_a_block_goes_with_it_into_another_element() -> None:
    local = town(edition(GOAL, OTHER), ours("b2", "Unser."), added("Dazu.", "b2"))
    made = done(local, next_edition(replace(OTHER, blocks=(*OTHER.blocks, B2)), blocks=(B1, B3)))

    assert (texts(made), texts(made, 1)) == (["Eins.", "Drei."], ["Anderes.", "Unser.", "Dazu."])
    assert not first(made).is_changed


def test_an_element_whose_every_block_moved_away_asks_nothing_and_keeps_what_else_is_local() -> None:
    small = element("a", B1)
    local = town(edition(small, OTHER), ours("b1", "Unser."), Override("title", "Unser Titel"), added("Ende."))
    made = done(local, edition(replace(small, blocks=()), replace(OTHER, blocks=(*OTHER.blocks, B1)), ordinal=2))

    assert (texts(made), texts(made, 1)) == (["Ende."], ["Anderes.", "Unser."])
    assert first(made).overrides == (Override("title", "Unser Titel"),)


def test_what_else_was_put_off_in_an_element_stays_there_when_a_block_leaves() -> None:
    held = done(
        town(edition(GOAL, OTHER)),
        next_edition(OTHER, blocks=(block("b1", "Neu."), block("b2", "Neu."), B3)),
        a__b1=DEFER,
        a__b2=DEFER,
    )
    moved = next_edition(
        replace(OTHER, blocks=(*OTHER.blocks, block("b2", "Neu."))), blocks=(block("b1", "Neu."), B3), ordinal=3
    )
    run = run_to(held, moved)

    assert [entry.field for decision in run.strategy.decisions for entry in decision.held] == ["block:b1", "block:b2"]
    assert kinds_in(run) == {"a/block:b1": "upstream_only", "z/block:b2": "upstream_only"}


def test_a_block_put_off_before_it_moved_is_still_put_off_where_it_stands_now() -> None:
    held = done(town(edition(GOAL, OTHER)), next_edition(OTHER, blocks=(B1, block("b2", "Neu."), B3)), a__b2=DEFER)
    moved = next_edition(replace(OTHER, blocks=(*OTHER.blocks, block("b2", "Neu."))), blocks=(B1, B3), ordinal=3)
    run = run_to(held, moved)

    assert kinds_in(run) == {"z/block:b2": "upstream_only"}
    again = apply(run, answers(z__b2=DEFER))
    assert (texts(again, 1), again.decisions[1].held[0].edition) == (["Anderes.", "Zwei."], 1)


# --- whole elements ----------------------------------------------------------------------------------------------------
NEW = element("n", block("n1", "Neues."))


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [(ADOPT, ADOPTED, ""), (DECLINE, DECLINED, "Darum."), (DEFER, DEFERRED, "Darum."), (LEAVE, UNDECIDED, "")],
)
def test_a_new_element_is_decided(answer: str, state: str, reason: str) -> None:
    decision = done(town(FIRST), next_edition(NEW), n=answer).decisions[1]

    assert (decision.element, decision.state, decision.reason, decision.edition) == ("n", state, reason, 2)


def test_a_declined_element_stays_declined_with_its_reason_or_a_better_one() -> None:
    declined = town(FIRST, state=DECLINED, reason="Zu teuer.")
    run = run_to(declined, REWORDED)

    assert first(apply(run, {"a": Resolution("a", KEEP)})).reason == "Zu teuer."
    kept = apply(run, {"a": Resolution("a", KEEP, reason="Immer noch.")})
    assert (first(kept).state, first(kept).reason, first(kept).base) == (DECLINED, "Immer noch.", REWORDED.elements[0])
    assert kinds_in(run_to(kept, replace(REWORDED, ordinal=3))) == {}


def test_a_declined_element_whose_question_was_put_off_is_asked_again() -> None:
    put_off = done(town(FIRST, state=DECLINED, reason="Zu teuer."), REWORDED, a=DEFER)

    assert (first(put_off).state, first(put_off).base, first(put_off).settled) == (DECLINED, GOAL, 2)
    assert kinds_in(run_to(put_off, replace(REWORDED, ordinal=3))) == {"a": "declined_changed"}
    assert done(put_off, replace(REWORDED, ordinal=3), a=DEFER).decisions[0].held == (Held("", 1, "", "Darum."),)


def test_a_declined_element_that_is_taken_up_now_asks_about_its_old_local_words() -> None:
    declined = town(FIRST, ours("b1", "Unser."), state=DECLINED, reason="Zu teuer.")
    with pytest.raises(Unanswered) as left:
        done(declined, REWORDED, a=ADOPT)

    assert left.value.items == ("a/block:b1",)
    assert texts(done(declined, REWORDED, a=ADOPT, a__b1=KEEP))[0] == "Unser."
    assert first(done(declined, REWORDED, a=ADOPT, a__b1=TAKE)).reason == ""


def test_local_words_of_a_declined_element_outlive_the_block_they_replaced() -> None:
    declined = town(FIRST, ours("b1", "Unser."), Override("title", "Unser Titel"), state=DECLINED, reason="Nein.")
    kept = done(declined, next_edition(blocks=(B2, B3)), a=KEEP)

    adopted = replace(kept, decisions=(replace(first(kept), state=ADOPTED),))
    assert texts(adopted) == ["Unser.", "Zwei.", "Drei."]
    assert resolve(adopted).passages[0].element.title == "Unser Titel"


def test_a_deferred_element_with_local_words_keeps_the_wording_they_were_made_for() -> None:
    deferred = town(FIRST, ours("b1", "Unser."), state=DEFERRED, reason="Später.")
    again = done(deferred, REWORDED, a=DEFER)

    assert (first(again).state, first(again).base, first(again).settled) == (DEFERRED, GOAL, 2)
    assert kinds_in(run_to(again, replace(REWORDED, ordinal=3))) == {"a": "new", "a/block:b1": "conflict"}


def test_leaving_a_deferred_element_open_keeps_its_local_words_for_later() -> None:
    left = first(done(town(FIRST, ours("b1", "Unser."), state=DEFERRED, reason="Später."), REWORDED, a=LEAVE))

    assert (left.state, left.reason, left.overrides) == (UNDECIDED, "", (ours("b1", "Unser."),))


def test_a_deferred_element_that_is_adopted_or_put_off_again_forgets_the_old_day_and_reason() -> None:
    local = town(FIRST, ours("b1", "Unser."), state=DEFERRED, reason="Später.")
    local = replace(local, decisions=(replace(first(local), until="2029-01-01"),))
    again = done(local, REWORDED, a=Resolution("", DEFER, reason="Noch später.", until="2031-01-01"))
    adopted = done(local, REWORDED, a=ADOPT, a__b1=KEEP)

    assert (first(again).reason, first(again).until) == ("Noch später.", "2031-01-01")
    assert (first(adopted).reason, first(adopted).until) == ("", "")


def test_an_untouched_deferred_element_moves_on_to_the_new_wording() -> None:
    again = done(town(FIRST, state=DEFERRED, reason="Später."), REWORDED, a=DEFER)

    assert (first(again).state, first(again).base, first(again).edition) == (DEFERRED, REWORDED.elements[0], 2)


def test_a_block_that_is_kept_remembers_why_it_was_changed() -> None:
    local = Override("block:b2", block("b2", "Unser."), "Ratsbeschluss.", COUNCIL)
    run = run_to(town(FIRST, local), next_edition(blocks=(B1, B3)))
    kept = first(apply(run, {"a/block:b2": Resolution("a/block:b2", KEEP)}))

    assert (kept.overrides, kept.additions) == ((), (Addition(local.value, "b1", "Ratsbeschluss.", COUNCIL),))


WITHDRAWN = edition(NEW, ordinal=2, lineage=(Lineage("withdrawn", "a", None),))
BACK = next_edition(NEW, ordinal=3, lineage=[Lineage("reinstated", None, "a")])


def test_a_withdrawn_element_ends_and_is_offered_when_it_comes_back() -> None:
    ended = done(town(FIRST, ours("b1", "Unser.")), WITHDRAWN, a=END, n=ADOPT)
    gone = next(decision for decision in ended.decisions if decision.element == "a")

    assert (gone.state, gone.was, gone.reason) == (ENDED, ADOPTED, "Darum.")
    assert [passage.element.id for passage in resolve(ended).passages] == ["n"]
    back = done(ended, BACK, a=ADOPT)
    assert (texts(back)[0], first(back).was, first(back).reason) == ("Unser.", "", "")


def test_a_withdrawn_element_that_is_put_off_goes_on_and_is_asked_again() -> None:
    put_off = done(town(FIRST), WITHDRAWN, a=DEFER, n=LEAVE)

    assert texts(put_off) == ["Eins.", "Zwei.", "Drei."]
    assert kinds_in(run_to(put_off, replace(WITHDRAWN, ordinal=3, lineage=()))) == {"a": "withdrawn_clean"}
    assert first(done(put_off, BACK)).held == ()


def test_what_came_back_and_was_put_off_keeps_its_old_words_for_the_next_time() -> None:
    ended = done(town(FIRST, ours("b1", "Unser.")), WITHDRAWN, a=END, n=LEAVE)
    put_off = done(ended, BACK, a=DEFER)
    run = run_to(put_off, replace(BACK, ordinal=4, lineage=()))

    assert (first(put_off).state, first(put_off).was) == (DEFERRED, ADOPTED)
    assert kinds_in(run) == {"a": "reinstated"}
    assert texts(apply(run, answers(a=ADOPT)))[0] == "Unser."
    assert first(apply(run, answers(a=LEAVE))).state == UNDECIDED
    assert first(apply(run, answers(a=DECLINE))).was == ""


def test_what_ended_undecided_is_undecided_when_it_comes_back() -> None:
    ended = done(town(FIRST, state=UNDECIDED), WITHDRAWN, n=LEAVE)
    back = done(ended, BACK)

    assert (first(back).state, first(back).was, first(back).base) == (UNDECIDED, "", GOAL)


# --- refusals ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "answer", [ADOPT, Resolution("", EDITED)], ids=["an answer to something else", "new words without words"]
)
def test_what_is_no_answer_to_the_question_is_refused(answer) -> None:
    with pytest.raises(NotAnAnswer, match="a/title") as refused:
        done(town(FIRST), next_edition(title="Neu"), a__title=answer)

    assert refused.value.item == "a/title"


def test_answers_to_questions_nobody_asked_change_nothing() -> None:
    assert done(town(FIRST), next_edition(), a=DECLINE, a__b1=TAKE, zz=ADOPT) == done(town(FIRST), next_edition())


def test_only_what_is_safe_is_confirmed_in_one_step() -> None:
    local = town(FIRST, ours("b1", "Unser."), added("Dazu.", "b3"))
    run = run_to(
        local, next_edition(NEW, title="Neu", blocks=(block("b1", "Neu."), block("b2", "Neu."), block("b3", "Neu.")))
    )

    assert set(safe_proposals(run, {})) == {"a/title", "a/block:b2"}
    assert set(safe_proposals(run, answers(a__title=KEEP))) == {"a/block:b2"}
    assert [item.key for item in open_items(run, safe_proposals(run, {}))] == ["a/block:b1", "a/block:b3", "n"]


def test_what_is_gone_stays_after_what_it_followed() -> None:
    start = edition(*(element(name) for name in "pqrs"))
    target = edition(element("s"), element("q"), ordinal=2)
    made = done(town(start), target, p=DEFER, r=DEFER)

    assert [decision.element for decision in made.decisions] == ["p", "s", "q", "r"]
    assert the(run_to(made, replace(target, ordinal=3)), "p").kind == "withdrawn_clean"
