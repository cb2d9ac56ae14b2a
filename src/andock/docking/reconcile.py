"""What a municipality has to answer when a new edition is in force: one item per difference that matters.

Nothing is decided here and nothing is written: the same strategy and edition give the same items, however often they
are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import items as kinds
from .field_items import changed_fields, field_items
from .fields import BLOCK, PARENT
from .heirs import heir
from .homes import homed
from .items import Item, Resolution, Run
from .local import ADOPTED, DECLINED, LIVE, UNDECIDED, Decision, OwnElement, Strategy
from .succession import Steps, Succession, Ways, candidates, successions
from .values import Edition, Element

Attached = Mapping[str, Sequence[str]]
"""What hangs on elements (solutions, events, contributions, measures), by element id."""
_PROMOTED = "promoted"


def reconcile(
    strategy: Strategy, target: Edition, steps: Steps, attached: Attached | None = None, *, ways: Ways | None = None
) -> Run:
    """The run of a strategy to an edition. ``steps`` holds the lineage of every edition up to it, by ordinal.

    Who computes many runs to one edition hands the same ``Ways(target, steps)`` to all. Raises ``LineageCycle``.
    """
    ways = ways or Ways(target, steps)
    strategy = homed(strategy, ways.homes, here=ways.here, apart=successions(strategy, ways))
    asked = _Questions(
        ways, strategy.edition, {decision.element: decision for decision in strategy.decisions},
        successions(strategy, ways), _promoted(strategy, ways), attached or {},
    )  # fmt: skip
    found = [item for element in target.elements for item in asked.about(element)]
    followed = {source.element for succession in asked.successions.values() for source in succession.sources}
    gone = (d for d in strategy.decisions if d.element not in ways.here and d.element not in followed)
    found += [item for decision in gone for item in asked.about_gone(decision)]
    return Run(strategy, target, tuple(found), asked.successions, asked.promoted)


def _promoted(strategy: Strategy, ways: Ways) -> dict[str, OwnElement]:
    """The own elements the region has taken up, by what they have become: by identity, or where lineage says so."""
    found = {own.element.id: own for own in strategy.own if own.element.id in ways.here}
    for own in strategy.own:
        rows = ways.rows(own.element.id, 0)
        found |= {row.target: own for row in rows if row.kind == _PROMOTED and row.target in ways.here}
    return found


@dataclass(frozen=True, slots=True)
class _Questions:
    ways: Ways
    since: int
    decisions: Mapping[str, Decision]
    successions: Mapping[str, Succession]
    promoted: Mapping[str, OwnElement]
    attached: Attached

    def about(self, element: Element) -> Iterator[Item]:
        """The items of an element that stands in the new edition."""
        decision = self.decisions.get(element.id)
        if element.id in self.successions:
            yield from self._succession(element, decision)
        elif decision is None:
            yield from self._new(element, None)
        elif decision.state == ADOPTED:
            yield from self._fields(decision, element)
        elif decision.state == DECLINED:
            yield from self._declined(element, decision)
        elif decision.was in LIVE:
            yield from self._reinstated(element, decision)
        elif (decision.was or decision.state) != UNDECIDED or element.obligation == "core":
            yield from self._new(element, decision)

    def about_gone(self, decision: Decision) -> Iterator[Item]:
        """The item of an element the new edition no longer has and that no other follows."""
        if decision.state != ADOPTED:
            return
        attached = tuple(self.attached.get(decision.element, ()))
        kind, answer = kinds.WITHDRAWN_CLEAN, kinds.END
        if decision.is_changed or attached:
            kind, answer = kinds.WITHDRAWN_IN_USE, kinds.TO_LOCAL
        yield Item(
            kind, decision.element, before=decision.base, proposal=Resolution(decision.element, answer),
            reasons=self._reasons(decision.element, decision.answered_up_to), attached=attached,
            states=(decision.shown_state,), ending=(decision.element,),
        )  # fmt: skip

    def _fields(self, decision: Decision, element: Element) -> Iterator[Item]:
        """The items of an adopted element; one that was put off tells what happened since its own base."""
        held = {entry.field: entry.edition for entry in decision.held}
        for item in field_items(decision, element):
            since = held.get(item.field, decision.answered_up_to)
            yield replace(item, reasons=self._reasons(element.id, since), home=self._home(item))

    def _whole(self, kind: str, element: Element, decision: Decision | None) -> Item:
        return Item(
            kind, element.id, after=element, is_core=element.obligation == "core",
            reasons=self._reasons_to(element), states=(decision.state,) if decision else (),
        )  # fmt: skip

    def _new(self, element: Element, decision: Decision | None) -> Iterator[Item]:
        own = self.promoted.get(element.id)
        item = self._whole(kinds.PROMOTED if own else kinds.NEW, element, decision)
        yield item
        yield from self._under(item, heir(element, decision, own=own))

    def _reinstated(self, element: Element, decision: Decision) -> Iterator[Item]:
        """The old decision is offered; local changes of then meet the new text only where they touch it."""
        item = self._whole(kinds.REINSTATED, element, decision)
        answer, reason = (kinds.ADOPT, "") if decision.was == ADOPTED else (kinds.DECLINE, decision.reason)
        yield replace(
            item, before=decision.base, states=(decision.was,), proposal=Resolution(item.key, answer, reason=reason)
        )
        yield from self._under(item, heir(element, decision, own=self.promoted.get(element.id)))

    def _declined(self, element: Element, decision: Decision) -> Iterator[Item]:
        """It stays declined; whether the reason still holds is for people to see."""
        if all(name == PARENT for name in changed_fields(decision.base, element)):
            return
        item = self._whole(kinds.DECLINED_CHANGED, element, decision)
        yield replace(
            item, before=decision.base, reasons=self._reasons(element.id, decision.answered_up_to),
            proposal=Resolution(item.key, kinds.KEEP),
        )  # fmt: skip
        yield from self._under(item, heir(element, decision, own=self.promoted.get(element.id)))

    def _succession(self, element: Element, decision: Decision | None) -> Iterator[Item]:
        succession = self.successions[element.id]
        live = (decision,) if decision and decision.state in LIVE else ()
        sources = tuple(source.element for source in succession.sources)
        item = Item(
            succession.kind, element.id, after=element, sources=sources,
            states=tuple(one.state for one in (*succession.sources, *live)),
            reasons=_lines(row.reason for row in succession.rows), candidates=candidates(succession),
            attached=tuple(reference for source in sources for reference in self.attached.get(source, ())),
            is_core=element.obligation == "core", ending=succession.ending,
        )  # fmt: skip
        yield replace(item, proposal=_carry_over(item, succession))
        standing = any(one.state == ADOPTED for one in live)
        yield from self._under(item, heir(element, decision, succession=succession), standing=standing)

    def _under(self, item: Item, decision: Decision, *, standing: bool = False) -> Iterator[Item]:
        """The questions about fields that come with adopting an element."""
        for one in field_items(decision, item.after or decision.base):
            yield replace(
                one, given=item.key, is_core=item.is_core, reasons=item.reasons, standing=standing,
                home=self._home(one),
            )  # fmt: skip

    def _home(self, item: Item) -> str:
        is_gone = item.upstream is None and item.field.startswith(BLOCK)
        return self.ways.homes.get(item.field[len(BLOCK) :], "") if is_gone else ""

    def _reasons(self, element: str, since: int) -> tuple[str, ...]:
        return _lines(row.reason for row in self.ways.rows(element, since))

    def _reasons_to(self, element: Element) -> tuple[str, ...]:
        return _lines(row.reason for row in self.ways.rows_to(element.id, self.since))


def _carry_over(item: Item, succession: Succession) -> Resolution | None:
    """Equal decisions carry over; mixed ones are for people to decide."""
    if set(item.states) == {ADOPTED}:
        return Resolution(item.key, kinds.ADOPT)
    if set(item.states) == {DECLINED}:
        return Resolution(item.key, kinds.DECLINE, reason="\n".join(_lines(s.reason for s in succession.sources)))
    return None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in texts for line in text.split("\n") if line.strip()))
