"""What a municipality has to answer when a new edition is in force: one item per difference that matters.

Per field: B the recorded base, U the new edition, L what is in force locally. Nothing is decided here and nothing
is written: the same strategy and edition give the same items, however often they are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import items as kinds
from .fields import BLOCK, PARENT, TERMS, fields_of, local_values, same
from .items import Item, Resolution, Run
from .local import ADOPTED, DECLINED, DEFERRED, ENDED, LIVE, UNDECIDED, Decision, Strategy, Value
from .succession import Steps, Succession, Ways, candidates, inherited, successions
from .threeway import merge_words
from .values import Block, Edition, Element

Attached = Mapping[str, Sequence[str]]
"""What hangs on elements (solutions, events, contributions, measures), by element id."""


def reconcile(strategy: Strategy, target: Edition, steps: Steps, attached: Attached | None = None) -> Run:
    """The run of a strategy to an edition. ``steps`` holds the lineage of every edition up to it, by ordinal.

    Raises ``LineageCycle``.
    """
    ways = Ways(target, steps)
    decisions = {decision.element: decision for decision in strategy.decisions}
    found_successions = successions(strategy, ways)
    asked = _Questions(ways, strategy.edition, decisions, found_successions, attached or {})
    own = {own.element.id for own in strategy.own}
    present = {element.id for element in target.elements}
    found = [item for element in target.elements for item in asked.about(element, is_own=element.id in own)]
    gone = (decision for decision in strategy.decisions if decision.element not in present)
    found += [item for decision in gone for item in asked.about_gone(decision)]
    return Run(strategy, target, tuple(found), found_successions)


@dataclass(frozen=True, slots=True)
class _Questions:
    ways: Ways
    since: int
    decisions: Mapping[str, Decision]
    successions: Mapping[str, Succession]
    attached: Attached

    def about(self, element: Element, *, is_own: bool) -> Iterator[Item]:
        """The items of an element that stands in the new edition."""
        decision = self.decisions.get(element.id)
        if element.id in self.successions:
            yield from self._succession(element, decision)
        elif decision is None:
            yield self._whole(kinds.PROMOTED if is_own else kinds.NEW, element, None)
        elif decision.state == ADOPTED:
            reasons = self._reasons(decision)
            yield from (replace(item, reasons=reasons) for item in field_items(decision, element))
        elif decision.state == ENDED:
            yield from self._reinstated(element, decision)
        elif decision.state == DECLINED:
            yield from self._declined(element, decision)
        elif decision.state == DEFERRED or (decision.state == UNDECIDED and element.obligation == "core"):
            yield self._whole(kinds.NEW, element, decision)

    def about_gone(self, decision: Decision) -> Iterator[Item]:
        """The item of an element the new edition no longer has, unless others follow it."""
        followed = any(decision in succession.sources for succession in self.successions.values())
        if decision.state != ADOPTED or followed:
            return
        attached = tuple(self.attached.get(decision.element, ()))
        in_use = decision.is_changed or attached
        yield Item(
            kinds.WITHDRAWN_IN_USE if in_use else kinds.WITHDRAWN_CLEAN, decision.element, before=decision.base,
            reasons=self._reasons(decision), attached=attached, states=(decision.shown_state,),
        )  # fmt: skip

    def _whole(self, kind: str, element: Element, decision: Decision | None) -> Item:
        return Item(
            kind, element.id, after=element, is_core=element.obligation == "core",
            reasons=self._reasons_to(element), states=(decision.state,) if decision else (),
        )  # fmt: skip

    def _reinstated(self, element: Element, decision: Decision) -> Iterator[Item]:
        """The old decision is offered; local changes of then meet the new text only where they touch it."""
        item = self._whole(kinds.REINSTATED, element, decision)
        yield replace(item, before=decision.base, states=(decision.was,))
        yield from _under(item, field_items(as_adopted(decision, element), element))

    def _declined(self, element: Element, decision: Decision) -> Iterator[Item]:
        if any(name != PARENT for name in changed_fields(decision.base, element)):
            item = self._whole(kinds.DECLINED_CHANGED, element, decision)
            yield replace(item, before=decision.base, reasons=self._reasons(decision))

    def _succession(self, element: Element, decision: Decision | None) -> Iterator[Item]:
        succession = self.successions[element.id]
        live = decision if decision and decision.state in LIVE else None
        sources = tuple(source.element for source in succession.sources)
        states = tuple(source.state for source in (*succession.sources, *([live] if live else [])))
        item = Item(
            succession.kind, element.id, after=element, sources=sources, states=states,
            reasons=_lines(row.reason for row in succession.rows), candidates=candidates(succession),
            attached=tuple(reference for source in sources for reference in self.attached.get(source, ())),
            is_core=element.obligation == "core",
        )  # fmt: skip
        yield replace(item, proposal=_carry_over(item, succession))
        yield from _under(item, field_items(inherited(succession, live), element))

    def _reasons(self, decision: Decision) -> tuple[str, ...]:
        return _lines(row.reason for row in self.ways.rows(decision.element, decision.answered_up_to))

    def _reasons_to(self, element: Element) -> tuple[str, ...]:
        return _lines(row.reason for row in self.ways.rows_to(element.id, self.since))


def as_adopted(decision: Decision, upstream: Element) -> Decision:
    """An ended decision taken up again: the new wording wherever nothing had been changed locally."""
    changed = {override.field for override in decision.overrides}
    known = {block.id: block for block in decision.base.blocks if BLOCK + block.id in changed}
    blocks = tuple(known.get(block.id, block) for block in upstream.blocks)
    gone = tuple(block for identity, block in known.items() if all(block.id != identity for block in blocks))
    plain = {name: getattr(decision.base, name) for name in ("title", TERMS, "without_technology") if name in changed}
    slots = {slot.key: slot for slot in decision.base.parameters if f"parameter:{slot.key}" in changed}
    parameters = tuple(slots.get(slot.key, slot) for slot in upstream.parameters)
    return replace(decision, base=replace(upstream, blocks=blocks + gone, parameters=parameters, **plain))


# --- the fields of one element ---------------------------------------------------------------------------------------
def field_items(decision: Decision, upstream: Element) -> Iterator[Item]:
    """One item for every field that differs between the base and the new edition and asks for an answer."""
    if decision.base == upstream:
        return
    before, after = fields_of(decision.base), fields_of(upstream)
    local, overridden = local_values(decision), {override.field for override in decision.overrides}
    for name in (*after, *(name for name in before if name not in after)):
        b, u = before.get(name), after.get(name)
        if not same(b, u) and (name != PARENT or name in overridden):
            item = Item("", decision.element, name, base=b, upstream=u, local=local.get(name))
            yield _classified(item, decision, overridden)


def changed_fields(base: Element, upstream: Element) -> list[str]:
    """The fields in which two wordings of an element differ."""
    if base == upstream:
        return []
    before, after = fields_of(base), fields_of(upstream)
    return [name for name in before | after if not same(before.get(name), after.get(name))]


def _classified(item: Item, decision: Decision, overridden: set[str]) -> Item:
    if item.field not in overridden:
        return _of_the_region(item, decision, overridden)
    if same(item.local, item.upstream):
        return _proposing(item, kinds.CONVERGED)
    if item.field == TERMS:
        return replace(_proposing(item, kinds.SET_MERGE, kinds.EDITED, _united(item)), offer=_united(item))
    return replace(item, kind=kinds.CONFLICT, offer=_merged_text(item))


def _of_the_region(item: Item, decision: Decision, overridden: set[str]) -> Item:
    """Only the region has changed this field; a local addition beside it asks to be read again."""
    beside = tuple(one for one in decision.additions if BLOCK + one.after == item.field)
    if beside:
        return replace(item, kind=kinds.REVIEW, additions=beside)
    mixed = item.field.startswith(BLOCK) and any(name.startswith(BLOCK) for name in overridden)
    return _proposing(item, kinds.MERGED if mixed else kinds.UPSTREAM_ONLY)


def _proposing(item: Item, kind: str, answer: str = kinds.TAKE, value: Value = None) -> Item:
    return replace(item, kind=kind, proposal=Resolution(item.key, answer, value))


def _united(item: Item) -> tuple[str, ...]:
    """What stands here, with what the region added and without what it removed."""
    base, upstream, local = (set(terms) if isinstance(terms, tuple) else set() for terms in
                             (item.base, item.upstream, item.local))  # fmt: skip
    return tuple(sorted((local | (upstream - base)) - (base - upstream)))


def _merged_text(item: Item) -> Value:
    """Both changes together where they touch different words of a text; numbers, dates and choices never merge."""
    texts = [part.text if isinstance(part, Block) else part for part in (item.base, item.upstream, item.local)]
    if not all(isinstance(text, str) and text for text in texts) or item.field == PARENT:
        return None
    merged = merge_words(*map(str, texts))
    if merged is None or not isinstance(item.local, Block):
        return merged
    return (
        replace(item.local, text=merged)
        if isinstance(item.upstream, Block) and item.upstream.kind == item.local.kind
        else None
    )


# --- whole elements --------------------------------------------------------------------------------------------------
def _carry_over(item: Item, succession: Succession) -> Resolution | None:
    """Equal decisions carry over; mixed ones are for people to decide."""
    if set(item.states) == {ADOPTED}:
        return Resolution(item.key, kinds.ADOPT)
    if set(item.states) == {DECLINED}:
        return Resolution(item.key, kinds.DECLINE, reason="\n".join(_lines(s.reason for s in succession.sources)))
    return None


def _under(item: Item, found: Iterable[Item]) -> Iterator[Item]:
    yield from (replace(one, given=item.key, is_core=item.is_core) for one in found)


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in texts for line in text.split("\n") if line.strip()))
