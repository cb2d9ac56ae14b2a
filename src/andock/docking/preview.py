"""What a draft edition would mean for the strategies that follow the framework, before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .items import CONFLICT, WITHDRAWN_IN_USE, Item
from .local import Strategy
from .reconcile import Attached, reconcile
from .succession import Steps, Ways
from .values import Edition


@dataclass(slots=True)
class Outlook:
    """One element: how many strategies hold it in which state, and who would have to answer what.

    ``kinds`` counts questions, ``asked`` says who is asked at least one of a kind.
    """

    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    conflicts: set[Hashable] = field(default_factory=set)
    asked: dict[str, set[Hashable]] = field(default_factory=dict)


def preview(
    strategies: Iterable[tuple[Hashable, Strategy]], target: Edition, steps: Steps, attached: Attached | None = None
) -> dict[str, Outlook]:
    """By element, over every strategy (named by who holds it). Nothing is kept of a strategy once it is counted."""
    found: dict[str, Outlook] = {}
    ways = Ways(target, steps)
    for name, strategy in strategies:
        for decision in strategy.decisions:
            found.setdefault(decision.element, Outlook()).states[decision.shown_state] += 1
        for item in reconcile(strategy, target, steps, attached, ways=ways).items:
            _count(found.setdefault(item.element, Outlook()), name, item)
    return found


def _count(outlook: Outlook, name: Hashable, item: Item) -> None:
    outlook.kinds[item.kind] += 1
    outlook.asked.setdefault(item.kind, set()).add(name)
    if item.kind in {CONFLICT, WITHDRAWN_IN_USE}:
        outlook.conflicts.add(name)
