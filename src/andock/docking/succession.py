"""What became of elements that a strategy has decided on, composed over every edition it has skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .fields import BLOCK, fields_of
from .items import JOINED, REPLACED, SPLIT, Candidate
from .lineage import compose
from .local import ADOPTED, DEFERRED, LIVE, UNDECIDED, Addition, Decision, Override, Strategy
from .values import Edition, Element, Lineage

Steps = Mapping[int, Iterable[Lineage]]
"""The lineage of each edition by its ordinal."""


@dataclass(frozen=True, slots=True)
class Succession:
    """Elements that lead to ``target``: what was decided about them, with the rows that say so.

    ``continuing`` are those of them that stand in the new edition too, as they read there.
    """

    target: Element
    sources: tuple[Decision, ...]
    rows: tuple[Lineage, ...]
    continuing: Mapping[str, Element] = field(default_factory=dict)

    @property
    def adopted(self) -> tuple[Decision, ...]:
        return tuple(source for source in self.sources if source.state == ADOPTED)

    @property
    def ending(self) -> tuple[str, ...]:
        """The adopted elements that end here."""
        return tuple(source.element for source in self.adopted if source.element not in self.continuing)

    @property
    def kind(self) -> str:
        if len(self.sources) > 1 or any(row.kind == JOINED for row in self.rows):
            return JOINED
        return SPLIT if any(row.kind == SPLIT for row in self.rows) else REPLACED


@dataclass(slots=True)
class Ways:
    """The ways to one edition: where its elements and blocks stand, and the composed lineage towards it.

    Computed once for every edition a strategy still stands at; strategies that go to the same edition may share it.
    """

    target: Edition
    steps: Steps
    _composed: dict[int, dict[str | None, list[Lineage]]] = field(default_factory=dict)
    here: dict[str, Element] = field(init=False)
    homes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.here = {element.id: element for element in self.target.elements}
        self.homes = {block.id: element.id for element in self.target.elements for block in element.blocks}

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

    def led_into(self, element: str, since: int) -> set[str | None]:
        """The elements that became this one, step by step, in the editions after ``since``."""
        later = (rows for ordinal, rows in self.steps.items() if since < ordinal <= self.target.ordinal)
        return {row.source for rows in later for row in rows if row.target == element != row.source}


def successions(strategy: Strategy, ways: Ways) -> dict[str, Succession]:
    """By target: what elements somebody has made up their mind about have become, other than themselves."""
    decisions = {decision.element: decision for decision in strategy.decisions}
    found: dict[str, list[tuple[Decision, Lineage]]] = {}
    for decision in strategy.decisions:
        if decision.state not in LIVE:
            continue
        for row in ways.rows(decision.element, decision.answered_up_to):
            target = row.target or ""
            if target in ways.here and target != decision.element and _is_open(row, decision, ways, decisions):
                found.setdefault(target, []).append((decision, row))
    return {target: _succession(ways, target, pairs) for target, pairs in found.items()}


def _succession(ways: Ways, target: str, pairs: list[tuple[Decision, Lineage]]) -> Succession:
    sources = tuple(pair[0] for pair in pairs)
    continuing = {source.element: ways.here[source.element] for source in sources if source.element in ways.here}
    return Succession(ways.here[target], sources, tuple(pair[1] for pair in pairs), continuing)


def _is_open(row: Lineage, source: Decision, ways: Ways, decisions: Mapping[str, Decision]) -> bool:
    """Whether the target was not answered already, while another successor of the same element was put off.

    One that was left undecided is asked again as long as an element that ended still waits for it.
    """
    target = decisions.get(row.target or "")
    if target is None or target.state == DEFERRED:
        return True
    if target.state == UNDECIDED and source.element not in ways.here:
        return True
    on_the_way = {source.element, *(found.target for found in ways.rows(source.element, source.answered_up_to))}
    return not on_the_way.isdisjoint(ways.led_into(target.element, max(source.answered_up_to, target.edition)))


def candidates(succession: Succession) -> tuple[Candidate, ...]:
    """Local changes of the sources that no block carries along and that have no place any more; staff place them."""
    return tuple(
        Candidate(source.element, change)
        for source in succession.adopted
        for change in _changes(source)
        if not _follows(change, succession.target) and not _stays(change, succession.continuing.get(source.element))
    )


def _changes(decision: Decision) -> tuple[Override | Addition, ...]:
    return (*decision.overrides, *decision.additions)


def _follows(change: Override | Addition, target: Element) -> bool:
    return stands_in(change.field if isinstance(change, Override) else BLOCK + change.after, target)


def _stays(change: Override | Addition, source: Element | None) -> bool:
    """Whether the change still has its place in the element it was made in."""
    return source is not None and (isinstance(change, Addition) or change.field in fields_of(source))


def stands_in(name: str, target: Element) -> bool:
    return any(name == BLOCK + block.id for block in target.blocks)
