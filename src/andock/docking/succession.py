"""What became of elements that a strategy has decided on, composed over every edition it has skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .fields import BLOCK
from .items import JOINED, REPLACED, SPLIT, Candidate
from .lineage import compose
from .local import ADOPTED, LIVE, Addition, Decision, Override, Strategy
from .values import Block, Edition, Element, Lineage

Steps = Mapping[int, Iterable[Lineage]]
"""The lineage of each edition by its ordinal."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Elements that lead to ``target``: what was decided about them, with the rows that say so."""

    target: Element
    sources: tuple[Decision, ...]
    rows: tuple[Lineage, ...]

    @property
    def kind(self) -> str:
        if len(self.sources) > 1 or any(row.kind == JOINED for row in self.rows):
            return JOINED
        return SPLIT if any(row.kind == SPLIT for row in self.rows) else REPLACED


@dataclass(slots=True)
class Ways:
    """The composed lineage towards one edition, computed once for every edition a strategy still stands at."""

    target: Edition
    steps: Steps
    _composed: dict[int, dict[str | None, list[Lineage]]] = field(default_factory=dict)

    def rows(self, element: str | None, since: int) -> list[Lineage]:
        """The rows that lead from an element, as it was in the edition ``since``, to where it is now."""
        if since not in self._composed:
            later = [self.steps[ordinal] for ordinal in sorted(self.steps) if since < ordinal <= self.target.ordinal]
            by_source: dict[str | None, list[Lineage]] = {}
            for row in compose(*later):
                by_source.setdefault(row.source, []).append(row)
            self._composed[since] = by_source
        return self._composed[since].get(element, [])

    def rows_to(self, element: str, since: int) -> list[Lineage]:
        """The rows that lead to an element."""
        self.rows(None, since)
        return [row for rows in self._composed[since].values() for row in rows if row.target == element]


def successions(strategy: Strategy, ways: Ways) -> dict[str, Succession]:
    """By target: what elements somebody has made up their mind about have become, other than themselves."""
    here = {element.id: element for element in ways.target.elements}
    found: dict[str, list[tuple[Decision, Lineage]]] = {}
    for decision in strategy.decisions:
        if decision.state not in LIVE:
            continue
        for row in ways.rows(decision.element, decision.answered_up_to):
            if row.target in here and row.target != decision.element:
                found.setdefault(str(row.target), []).append((decision, row))
    return {
        target: Succession(here[target], tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))
        for target, pairs in found.items()
    }


def inherited(succession: Succession, own: Decision | None = None) -> Decision:
    """The decision its sources hand down to the target: what hangs on blocks follows the blocks to where they stand now.

    ``own`` is what was decided about the target before, where it is not new. Wording that nobody changed locally is
    the new one: whoever adopts the element adopts its text.
    """
    target = succession.target
    adopted = [source for source in succession.sources if source.state == ADOPTED]
    blocks = {block.id: block for source in adopted for block in source.base.blocks}
    overrides = [one for source in adopted for one in source.overrides if _stands_in(one.field, target)]
    additions = [one for source in adopted for one in source.additions if _stands_in(BLOCK + one.after, target)]
    changed = {override.field for override in overrides} | {BLOCK + addition.after for addition in additions}
    start = own or Decision(target.id, target, 0)
    distinct = {override.field: override for override in (*reversed(overrides), *start.overrides)}
    return replace(
        start,
        base=replace(start.base, blocks=_base_blocks(own, target, blocks, changed)),
        overrides=tuple(distinct.values()),
        additions=(*start.additions, *additions),
    )


def candidates(succession: Succession) -> tuple[Candidate, ...]:
    """Local changes of the sources that no block carries along; staff place them."""
    return tuple(
        Candidate(source.element, change)
        for source in succession.sources
        if source.state == ADOPTED
        for change in _changes(source)
        if not _follows(change, succession.target)
    )


def _changes(decision: Decision) -> tuple[Override | Addition, ...]:
    return (*decision.overrides, *decision.additions)


def _follows(change: Override | Addition, target: Element) -> bool:
    name = change.field if isinstance(change, Override) else BLOCK + change.after
    return _stands_in(name, target)


def _stands_in(name: str, target: Element) -> bool:
    return any(name == BLOCK + block.id for block in target.blocks)


def _base_blocks(
    own: Decision | None, target: Element, sources: Mapping[str, Block], changed: set[str]
) -> tuple[Block, ...]:
    """What the blocks said before, where that matters: changed locally in a source, or part of the element already."""
    mine = {block.id: block for block in own.base.blocks} if own else {}
    found = []
    for block in target.blocks:
        if BLOCK + block.id in changed and block.id in sources:
            found.append(sources[block.id])
        elif block.id in mine:
            found.append(mine[block.id])
        elif own is None or block.id in sources:
            found.append(block)
    present = {block.id for block in found}
    return (*found, *(block for block in mine.values() if block.id not in present))
