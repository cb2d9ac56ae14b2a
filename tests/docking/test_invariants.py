"""What must hold whatever the region publishes and the municipality does (1,000 cases each, 10,000 in ``make nightly``)."""

import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from andock.docking import items as kinds
from andock.docking import local, plain
from andock.docking.apply import Unanswered, apply
from andock.docking.items import Run, open_items, safe_proposals
from andock.docking.lineage import LineageCycle, compose, refuse_cycles
from andock.docking.local import Strategy
from andock.docking.reconcile import reconcile
from andock.docking.resolve import resolve
from andock.docking.values import Edition, Lineage
from tests.docking import worlds
from tests.docking.profiles import MANY
from tests.docking.worlds import (
    Region,
    Town,
    all_deferred,
    asked,
    following,
    history,
    local_words,
    printed_words,
    wording,
)

SEEDS = st.integers(0, 2**32 - 1)
FEW, SOME = st.integers(0, 4), st.integers(0, 8)


def run_of(region: Region, strategy: Strategy, target: Edition | None = None) -> Run:
    return reconcile(strategy, target or region.newest, region.steps)


@MANY
@given(SEEDS, FEW, SOME)
def test_computing_a_run_twice_asks_the_same(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)

    again = plain.read_strategy(json.loads(plain.canonical(town.strategy)))

    assert run_of(region, town.strategy) == run_of(region, again)


@MANY
@given(SEEDS, FEW, SOME)
def test_the_text_is_rebuilt_byte_for_byte_and_is_a_tree(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=2, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)
    made = apply(run, town.at_random(Random(seed), run))

    for strategy in (town.strategy, made):
        stored = plain.canonical(resolve(strategy))
        assert plain.canonical(plain.read_resolved(json.loads(stored))) == stored
        assert plain.canonical(resolve(plain.read_strategy(json.loads(plain.canonical(strategy))))) == stored
        assert_tree(strategy)


def assert_tree(strategy: Strategy) -> None:
    """Everything adopted or own is printed once, parents before children."""
    before: set[str | None] = {None}
    for passage in resolve(strategy).passages:
        assert passage.element.parent in before
        assert passage.element.id not in before
        before.add(passage.element.id)
    adopted = {decision.element for decision in strategy.decisions if decision.state == local.ADOPTED}
    assert before == {None} | adopted | {own.element.id for own in strategy.own}


@MANY
@given(SEEDS, FEW, SOME)
def test_every_element_has_exactly_one_decision(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)

    made = apply(run, town.at_random(Random(seed), run))

    count = Counter(decision.element for decision in made.decisions)
    assert set(count.values()) <= {1}
    assert count.keys() >= {element.id for element in region.newest.elements}


@MANY
@given(SEEDS, FEW, SOME)
def test_deferring_everything_changes_no_text(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)

    made = apply(run, all_deferred(run))

    assert wording(resolve(made)) == wording(resolve(town.strategy))


@MANY
@given(SEEDS, FEW, SOME)
@example(seed=21236, edits=2, changes=8)  # an element that moved away from one that ended in the middle and came back
@example(seed=65537, edits=2, changes=6)  # an element that nobody has decided about is joined with a decided one
def test_deferring_and_skipping_asks_the_same_as_going_directly(seed: int, edits: int, changes: int) -> None:
    """Except what the edition in the middle did not have, as an element or as the place of one: that ended there, and comes back.

    What nobody has decided about follows each edition without a question, so it was reconciled with the one in the middle. A block moved without a word is structure and follows at once, so here none does.
    """
    region, town = history(seed, editions=3, edits=edits, local_edits=changes, is_still=True)
    run = run_of(region, town.strategy, region.editions[1])

    waited = apply(run, all_deferred(run))

    middle = {element.id for element in region.editions[1].elements}
    back = {element.id for element in region.editions[0].elements} - middle
    undecided = {decision.element for decision in town.strategy.decisions if decision.state == "undecided"}
    once, directly = (
        sorted((one for one in asked(run_of(region, strategy)) if not speaks_of(one, back | undecided)), key=str)
        for strategy in (waited, town.strategy)
    )
    assert once == directly


def speaks_of(question: tuple, elements: set[str]) -> bool:
    """Whether it is about one of these, or about being placed below one."""
    return question[0].split("/")[0] in elements or any(
        value in elements for value in question[2:] if isinstance(value, str)
    )


@MANY
@given(SEEDS, FEW, SOME)
def test_what_was_kept_is_not_asked_again_while_the_region_leaves_it_alone(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=2, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)
    kept = apply(run, town.keeping(run))
    region.renumber(Random(seed))

    items = run_of(region, kept, region.publish()).items

    assert [item.key for item in items if item.kind not in {kinds.NEW, kinds.PROMOTED, kinds.REINSTATED}] == []


@MANY
@given(SEEDS, FEW, SOME)
def test_an_answered_run_leaves_only_what_was_put_off_or_left_open(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)
    answers = town.at_random(Random(seed), run)

    left = run_of(region, apply(run, answers)).items

    open_answers = {kinds.DEFER, kinds.LEAVE, kinds.TO_LOCAL}
    put_off = {item.element for item in run.items if item.key in answers and answers[item.key].answer in open_answers}
    assert {item.element for item in left} <= put_off


@MANY
@given(SEEDS, SOME)
def test_another_number_is_no_question(seed: int, changes: int) -> None:
    region, town = history(seed, editions=1, edits=0, local_edits=changes)
    region.renumber(Random(seed))

    items = run_of(region, town.strategy, region.publish()).items

    assert {item.kind for item in items} <= {kinds.NEW}, "Only what was put off or is open core is asked again."


@MANY
@given(SEEDS, FEW)
def test_taking_everything_without_local_changes_is_the_new_text(seed: int, edits: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=0)
    town.adopt_all()
    run = run_of(region, town.strategy)

    made = apply(run, following(run))

    assert resolve(made).as_edition().elements == region.newest.elements


@MANY
@given(SEEDS, FEW, SOME)
def test_taking_back_an_answer_opens_its_question(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=2, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)
    answers = town.at_random(Random(seed), run)
    for key in answers:
        fewer = {name: answer for name, answer in answers.items() if name != key}

        assert key in {item.key for item in open_items(run, fewer)}
        with pytest.raises(Unanswered):
            apply(run, fewer)


@MANY
@given(SEEDS, FEW, SOME)
def test_answers_that_keep_lose_no_local_word(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)

    made = apply(run, town.keeping(run))

    assert local_words(town.strategy) <= printed_words(made)


@MANY
@given(SEEDS, FEW, SOME)
def test_what_is_confirmed_in_one_step_touches_no_local_word(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=3, edits=edits, local_edits=changes)
    run = run_of(region, town.strategy)

    made = apply(run, all_deferred(run) | safe_proposals(run, {}))

    assert local_words(town.strategy) <= printed_words(made)


@MANY
@given(SEEDS, FEW)
def test_lineage_has_no_circle_and_one_that_would_is_refused(seed: int, edits: int) -> None:
    region, _town = history(seed, editions=3, edits=edits, local_edits=0)

    assert isinstance(compose(*region.steps.values()), tuple)
    for edition in region.editions:
        ways = [row for row in edition.lineage if row.source and row.target and row.source != row.target]
        for row in ways[:1]:
            with pytest.raises(LineageCycle):
                refuse_cycles((*edition.lineage, Lineage("replaced", row.target, row.source)))


@MANY
@given(SEEDS, FEW, SOME)
def test_answers_survive_a_newer_edition_where_nothing_changed(seed: int, edits: int, changes: int) -> None:
    region, town = history(seed, editions=2, edits=edits, local_edits=changes)
    before = run_of(region, town.strategy)
    answers = town.at_random(Random(seed), before)
    region.renumber(Random(seed))
    after = run_of(region, town.strategy, region.publish())

    assert kinds.carried(answers, before, after) == answers


def test_the_worlds_reach_every_kind_of_item() -> None:
    found: Counter = Counter()
    for seed in range(300):
        region, town = history(seed, editions=3, edits=4, local_edits=8)
        found.update(item.kind for item in run_of(region, town.strategy).items)
        middle = run_of(region, town.strategy, region.editions[1])
        ended = apply(middle, following(middle))
        found.update(item.kind for item in run_of(region, ended).items)

    assert set(found) == set(kinds.KINDS)


def test_a_world_is_the_same_for_the_same_seed() -> None:
    assert history(7, editions=3, edits=4, local_edits=8) == history(7, editions=3, edits=4, local_edits=8)
    assert replace(worlds.Town(Strategy(0, ()))) == Town(Strategy(0, ()))
