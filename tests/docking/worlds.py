"""A region that publishes and a municipality that follows it, both at random but the same for the same seed.

Every local word is one of a kind (``L7``), so that tests can tell whether one was lost.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from andock.docking import items as kinds
from andock.docking import local
from andock.docking.fields import fields_of, healed, with_override
from andock.docking.items import Item, Resolution, Run, matters
from andock.docking.local import Addition, Decision, Override, OwnElement, Strategy, begin
from andock.docking.resolve import Resolved, resolve
from andock.docking.values import Block, Edition, Element, Parameter
from tests.docking.regions import TERMS, Region, changed_text

LOCAL_WORD = re.compile(r"\bL\d+\b")


@dataclass
class Town:
    """A municipality with its local strategy."""

    strategy: Strategy
    count: int = 0

    @classmethod
    def docked(cls, edition: Edition) -> "Town":
        return cls(begin(edition.ordinal, edition.elements))

    def word(self) -> str:
        self.count += 1
        return f"L{self.count}"

    # --- what a municipality does ------------------------------------------------------------------------------------
    def edit(self, rng: Random) -> None:
        """One change of any kind; nothing where there is nothing to change."""
        if rng.random() < 0.15:
            self._own(rng)
            return
        here = [place for place, one in enumerate(self.strategy.decisions) if one.state != local.ENDED]
        if not here:
            return
        place = rng.choice(here)
        decisions = list(self.strategy.decisions)
        decisions[place] = rng.choice((self._decide, self._override, self._override, self._add))(rng, decisions[place])
        self.strategy = replace(self.strategy, decisions=tuple(decisions))

    def adopt_all(self) -> None:
        decisions = (local.decided(one, local.ADOPTED) for one in self.strategy.decisions)
        self.strategy = replace(self.strategy, decisions=tuple(decisions))

    def _decide(self, rng: Random, decision: Decision) -> Decision:
        state = rng.choice((local.ADOPTED, local.ADOPTED, local.DECLINED, local.DEFERRED, local.UNDECIDED))
        return local.decided(decision, state, reason="Darum.", until="2030-01-01")

    def _override(self, rng: Random, decision: Decision) -> Decision:
        regional = fields_of(decision.base)
        name = rng.choice([*regional, *(f"block:{block.id}" for block in decision.base.blocks)])
        return with_override(decision, Override(name, self._value(rng, regional[name], name)))

    def _value(self, rng: Random, regional: local.Value, name: str) -> local.Value:
        if isinstance(regional, Block):
            text = changed_text(rng, regional.text, self.word())
            return None if rng.random() < 0.2 else replace(regional, text=text)
        if isinstance(regional, Parameter):
            return replace(regional, value=self.word())
        if isinstance(regional, bool):
            return not regional
        if isinstance(regional, tuple):
            return tuple(sorted({*regional, "SDG 17"} - {rng.choice(TERMS)}))
        if name == "parent":
            return rng.choice(["", *(decision.element for decision in self.strategy.decisions)])
        return changed_text(rng, regional or "", self.word())

    def _add(self, rng: Random, decision: Decision) -> Decision:
        after = rng.choice(["", local.START, *(block.id for block in decision.base.blocks)])
        word = self.word()
        added = Addition(Block(f"a{word}", "paragraph", f"Bei uns {word}."), after)
        return healed(replace(decision, additions=(*decision.additions, added)))

    def _own(self, rng: Random) -> None:
        word = self.word()
        parent = rng.choice((None, *(decision.element for decision in self.strategy.decisions)))
        element = Element(
            f"o{word}", parent, "goal", "", f"Eigenes {word}", blocks=(Block(f"ob{word}", "paragraph", word),)
        )
        self.strategy = replace(self.strategy, own=(*self.strategy.own, OwnElement(element)))

    # --- answers -----------------------------------------------------------------------------------------------------
    def at_random(self, rng: Random, run: Run) -> dict[str, Resolution]:
        return answered(run, lambda item: self._answer(rng, item))

    def _answer(self, rng: Random, item: Item) -> Resolution:
        answer = rng.choice(item.answers)
        sides = (item.offer, item.local, item.upstream, item.base)
        value = next((side for side in sides if side is not None), None) if answer == kinds.EDITED else None
        placed = tuple(one.key for one in item.candidates if rng.random() < 0.5)
        return Resolution(item.key, answer, value, "Darum.", "2030-01-01", placed, self._identity(answer))

    def _identity(self, answer: str) -> str:
        return f"k{self.word()}" if answer == kinds.TO_LOCAL else ""

    def keeping(self, run: Run) -> dict[str, Resolution]:
        """Answers that hold on to every local word."""
        return answered(run, self._keep)

    def _keep(self, item: Item) -> Resolution:
        order = (kinds.KEEP, kinds.TO_LOCAL, kinds.ADOPT, kinds.TAKE)
        if item.kind in {*kinds.SUCCESSION, kinds.PROMOTED}:
            order = (kinds.ADOPT,)
        if item.kind == kinds.REVIEW:
            order = (kinds.TAKE,)
        answer = next(one for one in order if one in item.answers)
        placed = tuple(one.key for one in item.candidates)
        return Resolution(item.key, answer, placed=placed, identity=self._identity(answer))


def answered(run: Run, choose) -> dict[str, Resolution]:
    """An answer to everything that matters."""
    found: dict[str, Resolution] = {}
    for item in run.items:
        if matters(item, found):
            found[item.key] = choose(item)
    return found


def put_off(item: Item) -> Resolution:
    return Resolution(item.key, kinds.DEFER, reason="Später.", until="2030-01-01")


def all_deferred(run: Run) -> dict[str, Resolution]:
    return answered(run, put_off)


def following(run: Run) -> dict[str, Resolution]:
    """Answers that take over everything the region says."""
    take = (kinds.TAKE, kinds.ADOPT, kinds.END)
    return answered(run, lambda item: Resolution(item.key, next(one for one in take if one in item.answers)))


def asked(run: Run) -> list[tuple]:
    """What a run asks, without what only explains it."""
    return [(item.key, item.kind, item.base, item.upstream, item.local) for item in run.items]


def wording(resolved: Resolved) -> Counter:
    """Everything that is printed, without numbers and order."""
    found: Counter = Counter()
    for passage in resolved.passages:
        element = passage.element
        found[element.title, element.without_technology, tuple(sorted(element.terms))] += 1
        found.update(" ".join(block.text.split()) for block in element.blocks)
        found.update((slot.key, slot.type, slot.value) for slot in element.parameters if slot.value)
    return found


def printed_words(strategy: Strategy) -> set[str]:
    """The words of local origin that are printed."""
    return set(LOCAL_WORD.findall(" ".join(map(str, wording(resolve(strategy))))))


def local_words(strategy: Strategy) -> set[str]:
    """The local words that are printed, without those the region has taken up."""
    regional = " ".join(str(fields_of(decision.base)) for decision in strategy.decisions)
    return printed_words(strategy) - set(LOCAL_WORD.findall(regional))


def history(seed: int, *, editions: int, edits: int, local_edits: int, is_still: bool = False) -> tuple[Region, Town]:
    """A region with some editions, and a town that follows the first one with changes of its own."""
    rng, region = Random(seed), Region(is_still=is_still)
    for _ in range(rng.randint(2, 5)):
        region.add(rng)
    town = Town.docked(region.publish())
    if rng.random() < 0.7:
        town.adopt_all()
    for _ in range(local_edits):
        town.edit(rng)
    for _ in range(editions - 1):
        for _ in range(edits):
            region.edit(rng)
        if town.strategy.own and rng.random() < 0.3:
            region.promote(rng.choice(town.strategy.own))
        region.publish()
    return region, town
