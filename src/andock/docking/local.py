"""What a local strategy consists of, as plain frozen values: decisions on regional elements and elements of its own.

A decision remembers the regional wording it was last reconciled with (its *base*). What is printed is the base with
the local changes on it, never "the newest edition": a new edition changes nothing until somebody has answered it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .values import Block, Element, Parameter

UNDECIDED, ADOPTED, DECLINED, DEFERRED = "undecided", "adopted", "declined", "deferred"
ENDED = "ended"
"""The region has withdrawn the element and it was let go; kept so that it can be offered again when it comes back."""
ADAPTED = "adapted"
"""Derived, never stored: adopted with at least one local change. It heals itself when the changes converge."""
OWN = "own"
LIVE = (ADOPTED, DECLINED)
"""States in which somebody has made up their mind."""

LOCAL, COUNCIL = "local", "council"
START = "start"
"""The place of an addition before the first regional block."""
EQUAL, PART_OF, WIDER, UNRELATED = "equal", "part_of", "wider", "none"

Value = str | bool | tuple[str, ...] | Block | Parameter | None
"""What a field holds: text, a yes or no, a set of terms, a block, a slot, or nothing."""


@dataclass(frozen=True, slots=True)
class Override:
    """The local value of a field in place of the regional one; a block without a value is hidden.

    ``origin`` is ``council`` where a committee changed the text when it approved the strategy.
    """

    field: str
    value: Value
    reason: str = ""
    origin: str = LOCAL


@dataclass(frozen=True, slots=True)
class Addition:
    """A local block after a regional one (``after`` is its id), before all (``START``) or, without one, at the end."""

    block: Block
    after: str = ""
    reason: str = ""
    origin: str = LOCAL


@dataclass(frozen=True, slots=True)
class Held:
    """A field whose new regional wording was put off; its base stays that of ``edition``.

    Edition 0 is wording that never was the region's: that of an own element the region has taken up.
    """

    field: str
    edition: int
    until: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a municipality has decided about one regional element.

    ``base`` is the wording of ``edition``, except for the fields in ``held``. ``settled`` is the edition up to
    which it has been answered what became of the element (split, joined, replaced, withdrawn).
    """

    element: str
    base: Element
    edition: int
    state: str = UNDECIDED
    reason: str = ""
    until: str = ""
    overrides: tuple[Override, ...] = ()
    additions: tuple[Addition, ...] = ()
    held: tuple[Held, ...] = ()
    settled: int = 0
    was: str = ""

    @property
    def answered_up_to(self) -> int:
        return self.settled or self.edition

    @property
    def is_changed(self) -> bool:
        """Whether anything in it is local."""
        return bool(self.overrides or self.additions)

    @property
    def shown_state(self) -> str:
        """The state people see: adopted with local changes is adapted."""
        return ADAPTED if self.state == ADOPTED and self.is_changed else self.state


@dataclass(frozen=True, slots=True)
class OwnElement:
    """An element only this municipality has. ``serves`` is a regional one it stands in ``relation`` to.

    ``after`` is the sibling it follows. ``origin`` is the regional element it once was, if any.
    """

    element: Element
    serves: str = ""
    relation: str = UNRELATED
    after: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A local strategy: the edition it is reconciled with, one decision per element of it in reading order, own elements."""

    edition: int
    decisions: tuple[Decision, ...]
    own: tuple[OwnElement, ...] = ()


def begin(edition: int, elements: tuple[Element, ...]) -> Strategy:
    """A strategy in which nothing has been decided."""
    return Strategy(edition, tuple(Decision(element.id, element, edition) for element in elements))


def decided(decision: Decision, state: str, *, reason: str = "", until: str = "") -> Decision:
    """The decision in another state; local changes are kept for the day it is adopted again."""
    return replace(decision, state=state, reason=reason, until=until, was="")
