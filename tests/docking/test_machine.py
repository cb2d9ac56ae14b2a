"""A region and a municipality over the years: editions, local work, runs answered, put off or skipped, in any order."""

import json
from collections import Counter
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from andock.docking import plain
from andock.docking.apply import apply
from andock.docking.items import Run, carried, open_items, safe_proposals
from andock.docking.reconcile import reconcile
from andock.docking.resolve import resolve
from tests.docking.profiles import MANY, NIGHTLY
from tests.docking.test_invariants import assert_tree
from tests.docking.worlds import (
    Region,
    Town,
    all_deferred,
    answered,
    asked,
    following,
    local_words,
    printed_words,
    put_off,
    wording,
)

DICE = st.integers(0, 9999).map(Random)


class Years(RuleBasedStateMachine):
    """What is in force never changes by itself, whatever happens around it."""

    @initialize(dice=DICE)
    def begin(self, dice: Random) -> None:
        self.region, self.skipped = Region(), False
        for _ in range(dice.randint(1, 4)):
            self.region.add(dice)
        self.town = Town.docked(self.region.publish())
        self.town.adopt_all()

    def run(self) -> Run:
        return reconcile(self.town.strategy, self.region.newest, self.region.steps)

    def answer(self, run: Run, answers: dict) -> None:
        self.town.strategy = apply(run, answers)
        assert self.town.strategy.edition == self.region.newest.ordinal

    # --- what people do ----------------------------------------------------------------------------------------------
    @rule(dice=DICE, number=st.integers(1, 4))
    def the_region_publishes(self, dice: Random, number: int) -> None:
        for _ in range(number):
            self.region.edit(dice)
        if self.town.strategy.own and dice.random() < 0.3:
            self.region.promote(dice.choice(self.town.strategy.own))
        before = plain.canonical(resolve(self.town.strategy))
        self.region.publish()
        assert plain.canonical(resolve(self.town.strategy)) == before

    @rule(dice=DICE)
    def the_town_writes(self, dice: Random) -> None:
        self.town.edit(dice)

    @rule(dice=DICE)
    def the_town_answers(self, dice: Random) -> None:
        run = self.run()
        self.answer(run, self.town.at_random(dice, run))

    @rule()
    def the_town_puts_everything_off(self) -> None:
        """No text changes. A passage that was kept in two places is printed once where the region puts both together."""
        run, before = self.run(), wording(resolve(self.town.strategy))
        self.answer(run, all_deferred(run))
        now = wording(resolve(self.town.strategy))
        assert set(now) == set(before)
        assert now <= before

    @rule()
    def the_town_holds_on_to_its_words(self) -> None:
        run, before = self.run(), local_words(self.town.strategy)
        self.answer(run, self.town.keeping(run))
        assert before <= printed_words(self.town.strategy)

    @rule()
    def the_town_confirms_what_is_safe(self) -> None:
        run, before = self.run(), local_words(self.town.strategy)
        self.answer(run, all_deferred(run) | safe_proposals(run, {}))
        assert before <= printed_words(self.town.strategy)

    @rule()
    def the_town_follows(self) -> None:
        run = self.run()
        self.answer(run, following(run))

    @rule(dice=DICE)
    def a_newer_edition_comes_in_the_middle(self, dice: Random) -> None:
        run = self.run()
        answers = self.town.at_random(dice, run)
        self.the_region_publishes(dice, 1)
        again = self.run()
        kept = carried(answers, run, again)
        self.answer(again, answered(again, lambda item: kept.get(item.key) or put_off(item)))

    # --- what must hold ----------------------------------------------------------------------------------------------
    @invariant()
    def every_element_has_one_decision(self) -> None:
        count = Counter(decision.element for decision in self.town.strategy.decisions)
        assert set(count.values()) <= {1}

    @invariant()
    def the_text_is_a_tree_and_can_be_rebuilt(self) -> None:
        assert_tree(self.town.strategy)
        stored = plain.canonical(resolve(self.town.strategy))
        assert plain.canonical(plain.read_resolved(json.loads(stored))) == stored

    @invariant()
    def asking_twice_asks_the_same(self) -> None:
        stored = plain.read_strategy(json.loads(plain.canonical(self.town.strategy)))
        again = reconcile(stored, self.region.newest, self.region.steps)
        assert asked(again) == asked(self.run())
        assert {item.key for item in open_items(again, {})} == {item.key for item in again.items if not item.given}


Years.TestCase.settings = settings(MANY, stateful_step_count=25 if NIGHTLY else 10)
TestYears = Years.TestCase
