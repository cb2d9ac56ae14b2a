"""From the answers of a run to the strategy they make: every base moves on, except where the answer was put off.

Deferring never changes what is in force, and keeping the local wording is never asked again while the region
leaves its own alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from . import items as kinds
from .answers import ACTS, as_addition, let_go, placed
from .fields import BLOCK, anchored, fields_of, healed, rebased
from .heirs import bare, heir
from .items import Item, Resolution, Run, matters, open_items
from .local import ADOPTED, DECLINED, DEFERRED, ENDED, LIVE, UNDECIDED, Decision, Held, Strategy
from .own import kept_as_own, staying
from .values import Element

WHOLE = ""
"""The field name of something put off that concerns the whole element."""


class Unanswered(ValueError):
    """The run still has open items; ``items`` are their keys."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(item.key for item in items)
        super().__init__(", ".join(self.items))


class NotAnAnswer(ValueError):
    """An item was answered with something it does not offer; ``item`` is its key."""

    def __init__(self, item: Item, resolution: Resolution) -> None:
        self.item = item.key
        super().__init__(f"{item.key}: {resolution.answer!r} without a value or not one of {', '.join(item.answers)}")


def apply(run: Run, resolutions: Mapping[str, Resolution]) -> Strategy:
    """The strategy these answers make, reconciled with the run's edition. Raises ``Unanswered`` or ``NotAnAnswer``."""
    if left := open_items(run, resolutions):
        raise Unanswered(left)
    answers = {item.key: resolutions[item.key] for item in run.items if matters(item, resolutions)}
    _refuse_unfit(run, answers)
    work = _Application(run, answers)
    decisions = tuple(_in_order(run, [work.next(element) for element in run.target.elements], list(work.gone())))
    own = (*staying(run, answers, decisions), *kept_as_own(run, answers, decisions))
    return Strategy(run.target.ordinal, decisions, own)


def _refuse_unfit(run: Run, answers: Mapping[str, Resolution]) -> None:
    for item in run.items:
        answer = answers.get(item.key)
        needs_value = item.kind != kinds.REVIEW and not item.field.startswith(BLOCK)
        if answer and (
            answer.answer not in item.answers
            or (answer.answer == kinds.EDITED and answer.value is None and needs_value)
        ):
            raise NotAnAnswer(item, answer)


def _in_order(run: Run, here: list[Decision], gone: list[Decision]) -> list[Decision]:
    """The new edition's order; what is gone stays after what it followed, so that it can still be printed there."""
    places = {decision.element: place for place, decision in enumerate(here)}
    last, ranks = -1, {}
    for decision in run.strategy.decisions:
        last = places.get(decision.element, last)
        ranks[decision.element] = last
    ordered = [(places[d.element], 0, d) for d in here]
    ordered += [(ranks[d.element], number + 1, d) for number, d in enumerate(gone)]
    return [decision for _place, _number, decision in sorted(ordered, key=lambda entry: entry[:2])]


@dataclass(frozen=True)
class _Application:
    run: Run
    answers: Mapping[str, Resolution]

    @property
    def edition(self) -> int:
        return self.run.target.ordinal

    @cached_property
    def old(self) -> Mapping[str, Decision]:
        return {decision.element: decision for decision in self.run.strategy.decisions}

    @cached_property
    def answered(self) -> Mapping[str, list[tuple[Item, Resolution]]]:
        """The answered items about fields, by element."""
        found: dict[str, list[tuple[Item, Resolution]]] = {}
        for item in self.run.items:
            if item.field and item.key in self.answers:
                found.setdefault(item.element, []).append((item, self.answers[item.key]))
        return found

    def next(self, element: Element) -> Decision:
        """What is decided about an element of the new edition, and up to where it is answered what became of it."""
        old = self.old.get(element.id)
        found = self._decided(element, old)
        if old and self._waits(old):
            return replace(found, settled=old.answered_up_to)
        return replace(found, settled=self.edition) if found.edition != self.edition else found

    def _decided(self, element: Element, old: Decision | None) -> Decision:
        answer = self.answers.get(element.id)
        if answer is None:
            return self._unasked(element, old)
        if answer.answer == kinds.ADOPT:
            return self._adopted(element, old, answer)
        if answer.answer == kinds.DEFER:
            return self._deferred(element, old, answer)
        if answer.answer == kinds.DECLINE:
            return self._stated(element, old, DECLINED, answer)
        return self._left(element, old, answer)

    def _unasked(self, element: Element, old: Decision | None) -> Decision:
        assert old, "Whatever is new to the strategy is asked about."
        if old.state == ADOPTED:
            return self._fields(old, element)
        found = self._moved_on(old, element)
        return replace(found, state=UNDECIDED, was="") if found.state == ENDED else found

    def _adopted(self, element: Element, old: Decision | None, answer: Resolution) -> Decision:
        succession, own = self.run.successions.get(element.id), self.run.promoted.get(element.id)
        start = heir(element, old, succession=succession, own=own)
        found = self._fields(replace(start, state=ADOPTED, reason="", until="", was=""), element)
        return self._with_placed(found, answer) if succession else found

    def _deferred(self, element: Element, old: Decision | None, answer: Resolution) -> Decision:
        """What somebody has decided stays in force; what is local keeps the wording it was made for."""
        if old and old.state in LIVE:
            return _put_off(old, answer)
        if old and (old.is_changed or old.was in LIVE):
            return replace(old, state=DEFERRED, reason=answer.reason, until=answer.until)
        return self._stated(element, old, DEFERRED, answer)

    def _left(self, element: Element, old: Decision | None, answer: Resolution) -> Decision:
        """Neither taken up nor put off: what was decided about the element itself stays."""
        if old and old.state == ADOPTED:
            return self._fields(heir(element, old, succession=bare(self.run.successions[element.id])), element)
        if old and old.state == DECLINED:
            return replace(self._moved_on(old, element), reason=answer.reason or old.reason)
        return self._stated(element, old, UNDECIDED, answer)

    def _stated(self, element: Element, old: Decision | None, state: str, answer: Resolution) -> Decision:
        found = replace(self._moved_on(old or Decision(element.id, element, 0), element), state=state, was="")
        if state == UNDECIDED:
            return replace(found, reason="", until="")
        return replace(found, reason=answer.reason, until=answer.until)

    def _moved_on(self, old: Decision, element: Element) -> Decision:
        """The same decision on the new wording; what is local is kept, as an addition where its field is gone."""
        found = replace(rebased(old, element, ()), edition=self.edition, settled=0, held=())
        if not old.is_changed:
            return found
        regional = fields_of(element)
        for override in old.overrides:
            if override.field not in regional:
                found = as_addition(found, override)
        return _settled(found, old)

    # --- fields -----------------------------------------------------------------------------------------------------
    def _fields(self, old: Decision, element: Element) -> Decision:
        """The decision after its fields were answered."""
        answered = self.answered.get(element.id, [])
        put_off = {item.field: answer for item, answer in answered if answer.answer == kinds.DEFER}
        since = {entry.field: entry.edition for entry in old.held}
        held = tuple(
            Held(name, since.get(name, old.edition), answer.until, answer.reason) for name, answer in put_off.items()
        )
        found = replace(rebased(old, element, put_off), edition=self.edition, settled=0, held=held)
        for item, answer in answered:
            found = ACTS[answer.answer](found, item, answer)
            if answer.answer == kinds.TAKE and self._follows(item):
                found = let_go(found, item)
        return _settled(found, old) if old.is_changed or answered else found

    def _follows(self, item: Item) -> bool:
        """Whether a block that is gone from here took what is local about it to an element that has followed."""
        succession, answer = self.run.successions.get(item.home), self.answers.get(item.home)
        if not succession or not answer or answer.answer != kinds.ADOPT:
            return False
        return any(source.element == item.element for source in succession.adopted)

    def _with_placed(self, decision: Decision, answer: Resolution) -> Decision:
        """With the candidates that staff have placed here."""
        item = next(item for item in self.run.items if item.key == answer.item)
        for candidate in item.candidates:
            if candidate.key in answer.placed:
                decision = placed(decision, candidate.change)
        return healed(decision)

    # --- what is gone -----------------------------------------------------------------------------------------------
    def gone(self) -> Iterator[Decision]:
        """Decisions on elements the new edition no longer has."""
        here = {element.id for element in self.run.target.elements}
        for decision in self.run.strategy.decisions:
            if decision.element not in here:
                yield self._ended(decision)

    def _ended(self, decision: Decision) -> Decision:
        answer = self.answers.get(decision.element)
        if decision.state == ENDED or self._waits(decision):
            return decision
        if answer and answer.answer == kinds.DEFER:
            return _put_off(decision, answer)
        was = decision.was or decision.state
        reason = answer.reason if answer else decision.reason
        return replace(decision, state=ENDED, was=was, held=(), reason=reason, until="")

    def _waits(self, decision: Decision) -> bool:
        """Whether it was put off what becomes of the element."""
        return any(
            self.answers[target].answer == kinds.DEFER
            for target, succession in self.run.successions.items()
            if any(source.element == decision.element for source in succession.sources)
        )


def _put_off(decision: Decision, answer: Resolution) -> Decision:
    """As it is; only the day it is asked again is noted."""
    held = tuple(entry for entry in decision.held if entry.field != WHOLE)
    return replace(decision, held=(*held, Held(WHOLE, decision.edition, answer.until, answer.reason)))


def _settled(decision: Decision, old: Decision) -> Decision:
    """Every addition at its place, no override that says what the region says."""
    return healed(replace(decision, additions=anchored(decision.additions, old.base, decision.base)))
