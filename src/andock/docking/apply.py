"""From the answers of a run to the strategy they make: every base moves on, except where the answer was put off.

Deferring never changes what is in force, and keeping the local wording is never asked again while the region
leaves its own alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from . import items as kinds
from .fields import BLOCK, PARAMETER, anchored, healed, rebased, with_override
from .items import Item, Resolution, Run, matters, open_items
from .local import (
    ADOPTED,
    DECLINED,
    DEFERRED,
    ENDED,
    LIVE,
    UNDECIDED,
    Addition,
    Decision,
    Held,
    Override,
    OwnElement,
    Strategy,
    Value,
)  # fmt: skip
from .reconcile import as_adopted
from .resolve import own_text
from .succession import Succession, inherited
from .values import Block, Element, Parameter

WHOLE = ""
"""The field name of something put off that concerns the whole element."""


class Unanswered(ValueError):
    """The run still has open items; ``items`` are their keys."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(item.key for item in items)
        super().__init__(", ".join(self.items))


def apply(run: Run, resolutions: Mapping[str, Resolution]) -> Strategy:
    """The strategy these answers make, reconciled with the run's edition. Raises ``Unanswered``."""
    if left := open_items(run, resolutions):
        raise Unanswered(left)
    work = _Application(run, resolutions)
    decisions = tuple(_in_order(run, [work.next(element) for element in run.target.elements], list(work.gone())))
    return Strategy(run.target.ordinal, decisions, tuple(work.own(decisions)))


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


@dataclass(frozen=True, slots=True)
class _Application:
    run: Run
    resolutions: Mapping[str, Resolution]

    @property
    def edition(self) -> int:
        return self.run.target.ordinal

    def next(self, element: Element) -> Decision:
        """What is decided about an element of the new edition."""
        old = next((d for d in self.run.strategy.decisions if d.element == element.id), None)
        answer = self.resolutions.get(element.id)
        succession = self.run.successions.get(element.id)
        if answer and succession:
            found = self._following(element, old, succession, answer)
        elif answer:
            found = self._answered(element, old, answer)
        elif old and old.state == ADOPTED:
            found = self._fields(old, element)
        else:
            found = self._moved_on(old or Decision(element.id, element, 0), element)
        return replace(found, settled=old.answered_up_to) if old and self._waits(old) else found

    def _following(
        self, element: Element, old: Decision | None, succession: Succession, answer: Resolution
    ) -> Decision:
        """An element others have become."""
        live = old if old and old.state in LIVE else None
        if answer.answer == kinds.ADOPT:
            heir = replace(inherited(succession, live), state=ADOPTED, reason="", until="")
            return self._with_placed(self._fields(heir, element), answer)
        if live and answer.answer == kinds.DEFER:
            return _put_off(live, answer)
        if live and answer.answer == kinds.TO_LOCAL:
            return self._moved_on(live, element)
        return self._stated(live or Decision(element.id, element, 0), element, answer)

    def _answered(self, element: Element, old: Decision | None, answer: Resolution) -> Decision:
        """An element that is new, taken up, back, or was declined."""
        if old and old.state == DECLINED and answer.answer == kinds.DEFER:
            return _put_off(old, answer)
        if old and old.state == DECLINED and answer.answer == kinds.KEEP:
            return replace(self._moved_on(old, element), reason=answer.reason or old.reason)
        if old and old.state == ENDED and answer.answer == kinds.ADOPT:
            back = replace(as_adopted(old, element), state=ADOPTED, reason="", until="", was="")
            return self._fields(back, element)
        return self._stated(old or Decision(element.id, element, 0), element, answer)

    def _stated(self, old: Decision, element: Element, answer: Resolution) -> Decision:
        state = {kinds.ADOPT: ADOPTED, kinds.DECLINE: DECLINED, kinds.DEFER: DEFERRED}.get(answer.answer, UNDECIDED)
        found = replace(self._moved_on(old, element), state=state, reason="", until="", was="")
        return found if state in {ADOPTED, UNDECIDED} else replace(found, reason=answer.reason, until=answer.until)

    def _moved_on(self, old: Decision, element: Element) -> Decision:
        """The same decision on the new wording; local changes of what is still there are kept."""
        return healed(replace(rebased(old, element, ()), edition=self.edition, settled=0, held=()))

    # --- fields -----------------------------------------------------------------------------------------------------
    def _fields(self, old: Decision, element: Element) -> Decision:
        """The decision after its fields were answered."""
        answered = [(item, self.resolutions[item.key]) for item in self._field_items(element)]
        held = {item.field: answer for item, answer in answered if answer.answer == kinds.DEFER}
        since = {entry.field: entry.edition for entry in old.held}
        found = replace(
            rebased(old, element, held), edition=self.edition, settled=0,
            held=tuple(
                Held(name, since.get(name, old.edition), answer.until, answer.reason) for name, answer in held.items()
            ),
        )  # fmt: skip
        for item, answer in answered:
            found = _ACTS[answer.answer](found, item, answer)
        return healed(replace(found, additions=anchored(found.additions, old.base, found.base)))

    def _field_items(self, element: Element) -> list[Item]:
        return [
            item for item in self.run.items
            if item.field and item.element == element.id and matters(item, self.resolutions)
        ]  # fmt: skip

    def _with_placed(self, decision: Decision, answer: Resolution) -> Decision:
        """With the candidates that staff have placed here; what belongs to a block that is gone becomes an addition."""
        item = next(item for item in self.run.items if item.key == answer.item)
        for candidate in item.candidates:
            if candidate.key in answer.placed:
                decision = _placed(decision, candidate.change)
        return healed(decision)

    # --- what is gone -----------------------------------------------------------------------------------------------
    def gone(self) -> Iterator[Decision]:
        """Decisions on elements the new edition no longer has."""
        here = {element.id for element in self.run.target.elements}
        for decision in self.run.strategy.decisions:
            if decision.element not in here:
                yield self._ended(decision)

    def _ended(self, decision: Decision) -> Decision:
        answer = self.resolutions.get(decision.element)
        if decision.state == ENDED or self._waits(decision):
            return decision
        if answer and answer.answer == kinds.DEFER:
            return _put_off(decision, answer)
        return replace(
            decision, state=ENDED, was=decision.state, held=(), reason=answer.reason if answer else decision.reason
        )

    def _waits(self, decision: Decision) -> bool:
        """Whether it was put off what becomes of the element."""
        return any(answer.answer == kinds.DEFER for answer in self._successors(decision).values())

    def _successors(self, decision: Decision) -> dict[str, Resolution]:
        """The answers to the elements this one has become, by target."""
        return {
            target: self.resolutions[target]
            for target, succession in self.run.successions.items()
            if any(source.element == decision.element for source in succession.sources)
        }

    # --- own elements -----------------------------------------------------------------------------------------------
    def own(self, decisions: tuple[Decision, ...]) -> Iterator[OwnElement]:
        """Own elements that stay, without those the region has taken up, and what was kept as one's own."""
        adopted = {decision.element for decision in decisions if decision.state == ADOPTED}
        yield from (own for own in self.run.strategy.own if own.element.id not in adopted)
        before = {decision.element: decision for decision in self.run.strategy.decisions}
        for decision in decisions:
            old = before.get(decision.element)
            if old and old.state == ADOPTED and decision.state == ENDED:
                yield from self._kept(old)

    def _kept(self, decision: Decision) -> Iterator[OwnElement]:
        answers = {WHOLE: self.resolutions.get(decision.element), **self._successors(decision)}
        kept = {target: answer for target, answer in answers.items() if answer and answer.answer == kinds.TO_LOCAL}
        for serves, answer in list(kept.items())[:1]:
            text = own_text(decision, answer.identity)
            yield OwnElement(text, serves=serves, after=decision.element, origin=decision.element)


# --- what each answer does to a field -------------------------------------------------------------------------------
def _put_off(decision: Decision, answer: Resolution) -> Decision:
    """As it is; only the day it is asked again is noted."""
    held = tuple(entry for entry in decision.held if entry.field != WHOLE)
    return replace(decision, held=(*held, Held(WHOLE, decision.edition, answer.until, answer.reason)))


def _take(decision: Decision, item: Item, _answer: Resolution) -> Decision:
    return replace(decision, overrides=tuple(one for one in decision.overrides if one.field != item.field))


def _keep(decision: Decision, item: Item, answer: Resolution) -> Decision:
    """What stands here stays, now as a local wording."""
    return _reworded(decision, item, item.local, answer.reason)


def _edited(decision: Decision, item: Item, answer: Resolution) -> Decision:
    if item.kind == kinds.REVIEW:
        return _readdressed(decision, item, answer)
    value = answer.value
    if isinstance(value, str) and item.field.startswith(BLOCK):
        shape = next(part for part in (item.upstream, item.local, item.base) if isinstance(part, Block))
        value = replace(shape, text=value)
    if isinstance(value, str) and item.field.startswith(PARAMETER):
        slot = next(part for part in (item.upstream, item.local, item.base) if isinstance(part, Parameter))
        value = replace(slot, value=value)
    return _reworded(decision, item, value, answer.reason)


def _reworded(decision: Decision, item: Item, value: Value, reason: str) -> Decision:
    before = next((one for one in decision.overrides if one.field == item.field), None)
    reason = reason or (before.reason if before else "")
    if item.upstream is None:
        return _as_addition(_take(decision, item, Resolution(item.key, kinds.TAKE)), value, reason)
    return with_override(decision, Override(item.field, value, reason))


def _as_addition(decision: Decision, value: Value, reason: str) -> Decision:
    """A block the region has dropped goes on as a local one, a slot with its name."""
    if isinstance(value, Parameter):
        text = f"{value.label}: {value.value} {value.unit}".strip()
        value = Block(f"{decision.element}:{value.key}", "paragraph", text)
    if not isinstance(value, Block):
        return decision
    return replace(decision, additions=(*decision.additions, Addition(value, value.id, reason)))


def _readdressed(decision: Decision, item: Item, answer: Resolution) -> Decision:
    """The additions of a review with new text, one after the other; without text they stay."""
    first = item.additions[0].block.id
    return replace(
        decision,
        additions=tuple(
            replace(one, block=replace(one.block, text=str(answer.value))) if one.block.id == first else one
            for one in decision.additions
        ),
    )


def _drop(decision: Decision, item: Item, _answer: Resolution) -> Decision:
    gone = {addition.block.id for addition in item.additions}
    return replace(decision, additions=tuple(one for one in decision.additions if one.block.id not in gone))


def _defer(decision: Decision, _item: Item, _answer: Resolution) -> Decision:
    return decision


_ACTS = {
    kinds.TAKE: _take, kinds.KEEP: _keep, kinds.EDITED: _edited, kinds.DROP: _drop, kinds.DEFER: _defer,
}  # fmt: skip


def _placed(decision: Decision, change: Override | Addition) -> Decision:
    if isinstance(change, Addition):
        return replace(decision, additions=(*decision.additions, replace(change, after="")))
    if change.field.startswith(BLOCK):
        return _as_addition(decision, change.value, change.reason)
    return with_override(decision, change)
