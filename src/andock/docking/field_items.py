"""The questions about one element that stays: one item for every field whose wording asks for an answer.

Per field: B the recorded base, U the new edition, L what is in force locally.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import items as kinds
from .fields import BLOCK, PARENT, TERMS, fields_of, local_values, same
from .items import Item, Resolution
from .local import START, Addition, Decision, Value
from .threeway import merge_words
from .values import Block, Element


def field_items(decision: Decision, upstream: Element) -> Iterator[Item]:
    """One item for every field that differs between the base and the new edition and asks for an answer."""
    names = changed_fields(decision.base, upstream)
    if not names:
        return
    before, after, asked = fields_of(decision.base), fields_of(upstream), _Local.of(decision, upstream)
    for name in names:
        if name != PARENT or name in asked.changed:
            item = Item(
                "",
                decision.element,
                name,
                base=before.get(name),
                upstream=after.get(name),
                local=asked.values.get(name),
            )
            yield asked.classified(item)


def changed_fields(base: Element, upstream: Element) -> list[str]:
    """The fields in which two wordings of an element differ, in the order of the new one."""
    if base is upstream or base == upstream:
        return []
    before, after = fields_of(base), fields_of(upstream)
    names = (*after, *(name for name in before if name not in after))
    return [name for name in names if not same(before.get(name), after.get(name))]


@dataclass(frozen=True, slots=True)
class _Local:
    """What stands here: every value, the fields that were changed, and those whose base never was the region's."""

    decision: Decision
    values: dict[str, Value]
    changed: frozenset[str]
    own: frozenset[str]

    @classmethod
    def of(cls, decision: Decision, upstream: Element) -> _Local:
        """A kept block that the region brings back counts as its local wording."""
        values, kept = local_values(decision), {one.block.id: one.block for one in decision.additions}
        returned: dict[str, Value] = {BLOCK + block.id: kept[block.id] for block in upstream.blocks if block.id in kept}
        changed = frozenset({override.field for override in decision.overrides} | returned.keys())
        own = frozenset(entry.field for entry in decision.held if entry.field and not entry.edition)
        return cls(decision, values | returned, changed, own)

    def classified(self, item: Item) -> Item:
        if item.field not in self.changed:
            return self._of_the_region(item)
        if same(item.local, item.upstream):
            return _proposing(item, kinds.CONVERGED)
        if item.field == TERMS:
            return replace(_proposing(item, kinds.SET_MERGE, kinds.EDITED, _united(item)), offer=_united(item))
        return replace(item, kind=kinds.CONFLICT, offer=_merged_text(item))

    def _of_the_region(self, item: Item) -> Item:
        """Only the region has changed this field; a local addition beside it asks to be read again."""
        if item.field in self.own:
            return replace(item, kind=kinds.CONFLICT)
        if beside := self._beside(item.field):
            return replace(_proposing(item, kinds.REVIEW), additions=beside)
        mixed = item.field.startswith(BLOCK) and any(name.startswith(BLOCK) for name in self.changed)
        return _proposing(item, kinds.MERGED if mixed else kinds.UPSTREAM_ONLY)

    def _beside(self, name: str) -> tuple[Addition, ...]:
        """The additions that follow a block, or stand before the first or after the last one."""
        blocks = self.decision.base.blocks
        if not blocks or not self.decision.additions:
            return ()
        ends = {START: blocks[0].id, "": blocks[-1].id}
        return tuple(one for one in self.decision.additions if BLOCK + ends.get(one.after, one.after) == name)


def _proposing(item: Item, kind: str, answer: str = kinds.TAKE, value: Value = None) -> Item:
    return replace(item, kind=kind, proposal=Resolution(item.key, answer, value))


def _united(item: Item) -> tuple[str, ...]:
    """What stands here, with what the region added and without what it removed."""
    base, upstream, local = (set(terms) if isinstance(terms, tuple) else set() for terms in
                             (item.base, item.upstream, item.local))  # fmt: skip
    return tuple(sorted((local | (upstream - base)) - (base - upstream)))


def _merged_text(item: Item) -> Value:
    """Both changes together where they touch different words of a text; numbers, dates and choices never merge."""
    sides = (item.base, item.upstream, item.local)
    texts = [part.text if isinstance(part, Block) else part for part in sides]
    if item.field == PARENT or not all(isinstance(text, str) and text for text in texts):
        return None
    if isinstance(item.local, Block) and len({part.kind for part in sides if isinstance(part, Block)}) > 1:
        return None
    merged = merge_words(*map(str, texts))
    return replace(item.local, text=merged) if merged is not None and isinstance(item.local, Block) else merged
