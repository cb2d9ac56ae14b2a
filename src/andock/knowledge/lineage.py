"""Who has a solution from whom, as trees: pure, over plain values.

Every transfer is drawn exactly once, whatever old data say: whoever gives and is named by nobody begins a tree of its
own, and in a circle the earliest transfer does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that gives or takes."""

    key: str
    name: str
    slug: str = ""
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """That ``receiver`` has it from ``giver``, and how far it is. ``is_adapted`` is None where nobody has said.

    ``title`` and ``slug`` are the solution's, for where several are shown together.
    """

    giver: Party
    receiver: Party
    stage: str
    word: str
    when: str
    order: tuple[str, ...] = ()
    is_confirmed: bool = False
    is_adapted: bool | None = None
    is_demonstration: bool = False
    what_changed: str = ""
    title: str = ""
    slug: str = ""

    @property
    def sorting(self) -> tuple[tuple[str, ...], str, str, str]:
        """The earliest first, then by name; never by the order they came in."""
        return self.order, self.receiver.name.casefold(), self.receiver.key, self.giver.key


@dataclass(frozen=True, slots=True)
class Node:
    """A party with those that have it from it. ``step`` tells how it came there; None where a tree begins."""

    party: Party
    step: Step | None
    children: tuple[Node, ...] = ()


def trees(owner: Party, steps: Iterable[Step]) -> tuple[Node, ...]:
    """The owner's tree first, then those of others who gave it on."""
    grown = _Growing(sorted(steps, key=lambda step: step.sorting))
    found = [grown.node(owner, None)]
    while source := grown.next_source():
        found.append(grown.node(source, None))
    return tuple(found)


class _Growing:
    """Steps by giver; each is taken away when it is drawn."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.open: defaultdict[str, list[Step]] = defaultdict(list)
        for step in steps:
            self.open[step.giver.key].append(step)

    def node(self, party: Party, step: Step | None) -> Node:
        children = tuple(self.node(one.receiver, one) for one in self.open.pop(party.key, []))
        return Node(party, step, children)

    def next_source(self) -> Party | None:
        """Who gave and did not take itself; in a circle the giver of the earliest step."""
        left = sorted((step for steps in self.open.values() for step in steps), key=lambda step: step.sorting)
        takers = {step.receiver.key for step in left}
        sources = [step.giver for step in left if step.giver.key not in takers]
        return next(iter(sources or [step.giver for step in left]), None)


def walk(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node in reading order with how deep it stands."""
    for node in nodes:
        yield node, depth
        yield from walk(node.children, depth + 1)
