"""A take-over as its pages show it: questions in groups, how far they are answered, one question with all it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from andock.docking import items as kinds
from andock.docking.diff import diff
from andock.docking.fields import effective
from andock.docking.items import Item, Resolution, Run, by_thought, matters, safe_proposals
from andock.docking.local import Addition, Decision, Override
from andock.docking.values import Block, Edition, Element
from andock.strategy.comparison import Item as Comparison

from .choices import ItemKind, ShownState
from .run_panes import Names, Pane, panes, part_name
from .run_words import HAPPENED, ICONS, Option, options, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.utils.functional import Promise

BAR = 320
"""Width of the drawn progress."""


@dataclass(frozen=True, slots=True)
class Source:
    """An element that leads to the one in question: what was decided about it and how it reads here."""

    decision: Decision
    ends: bool

    @property
    def state(self) -> str:
        return str(ShownState(self.decision.shown_state).label)

    @property
    def element(self) -> Element:
        return effective(self.decision)


@dataclass(frozen=True, slots=True)
class Placeable:
    """A local change whose place is gone, to be put into the element that follows."""

    key: str
    source: str
    text: str
    reason: str
    is_addition: bool


class Entry:
    """One question as the list and its own page show it."""

    def __init__(self, page: RunPage, item: Item) -> None:
        self.page, self.item, self.key = page, item, item.key
        self.resolution = page.given.get(item.key)

    @property
    def slot(self) -> str:
        """Under which name the browser keeps what is typed; no name begins another."""
        return self.key.replace("/", "+")

    @property
    def decision(self) -> Decision | None:
        return self.page.decisions.get(self.item.element)

    @cached_property
    def element(self) -> Element:
        """The element as the region has it now, or had it last."""
        found = self.item.after or self.page.names.elements.get(self.item.element) or self.item.before
        assert found, "Every question is about an element of the new edition or of the strategy."
        return found

    @property
    def name(self) -> str:
        return f"{self.element.label} {self.element.title}".strip()

    @property
    def part(self) -> str:
        if not self.item.field:
            return ""
        return part_name(self.item, self._home)

    @property
    def _home(self) -> Element:
        """Where the part in question stands: what the region has dropped stands in the wording of until now."""
        if self.item.upstream is not None:
            return self.element
        return self.promoted or (self.decision.base if self.decision else self.element)

    @property
    def icon(self) -> str:
        return ICONS[self.item.kind]

    @property
    def kind(self) -> str:
        return str(ItemKind(self.item.kind).label)

    @property
    def is_deferred(self) -> bool:
        return self.resolution is not None and self.resolution.answer == kinds.DEFER

    @property
    def until(self) -> date | None:
        return date.fromisoformat(self.resolution.until) if self.resolution and self.resolution.until else None

    @property
    def answer_label(self) -> Promise | str:
        return words(self.item, self.resolution.answer)[0] if self.resolution else ""

    # --- its own page -------------------------------------------------------------------------------------------------
    @property
    def happened(self) -> str:
        return str(HAPPENED[self.item.kind]) % {"town": self.page.town}

    @property
    def options(self) -> list[Option]:
        decision = self.decision
        changes: list[Override | Addition] = [*decision.overrides, *decision.additions] if decision else []
        return options(self.item, is_adapted_elsewhere=not all(map(self._is_here, changes)))

    @property
    def panes(self) -> list[Pane]:
        before = "" if self._was_never_regional else self.page.before
        return panes(
            self.item, self.element, self.page.names, town=self.page.town, before=before, target=self.page.target
        )

    @property
    def _was_never_regional(self) -> bool:
        """Whether the wording of until now is that of an own element the region has taken up."""
        held = self.decision.held if self.decision else ()
        return bool(self.promoted) or any(one.field == self.item.field and not one.edition for one in held)

    @property
    def own_reason(self) -> str:
        """Why it is as it is here."""
        decision = self.decision
        if decision is None:
            return ""
        changes: list[Override | Addition] = [*decision.overrides, *self.item.additions]
        found = [one.reason for one in changes if self._is_here(one)]
        return "\n".join(dict.fromkeys(filter(None, found))) or decision.reason

    def _is_here(self, change: Override | Addition) -> bool:
        if isinstance(change, Addition):
            return change in self.item.additions
        return change.field == self.item.field

    @property
    def sources(self) -> list[Source]:
        ending = set(self.item.ending)
        found = (self.page.decisions[identity] for identity in self.item.sources)
        return [Source(decision, decision.element in ending) for decision in found]

    @property
    def comparison(self) -> Comparison | None:
        """What the region changed in the element as a whole."""
        before, after = self.item.before, self.item.after
        if before is None or after is None:
            return None
        changes = diff(_alone(before), _alone(after))
        return Comparison(changes[0]) if changes[0].is_item else None

    @property
    def ending_text(self) -> Element | None:
        """A withdrawn element as it reads here."""
        return effective(self.decision) if self.decision and self.item.after is None else None

    @property
    def promoted(self) -> Element | None:
        own = self.page.value.promoted.get(self.item.element)
        return own.element if own else None

    @property
    def placeable(self) -> Iterator[Placeable]:
        for candidate in self.item.candidates:
            change = candidate.change
            block = change.value if isinstance(change, Override) else change.block
            text = block.text if isinstance(block, Block) else str(getattr(block, "value", block) or "–")
            yield Placeable(
                candidate.key, self.page.names.element(candidate.source), text, change.reason,
                not isinstance(change, Override),
            )  # fmt: skip

    @property
    def above(self) -> Entry | None:
        """The question under which this one is asked."""
        return self.page.entry(self.item.given) if self.item.given else None

    @property
    def below(self) -> int:
        """How many answers go with this one when it is taken back."""
        return sum(item.given == self.key and item.key in self.page.given for item in self.page.value.items)

    @property
    def place(self) -> int:
        """Its number among the open ones, 0 where it is answered."""
        return self.page.open.index(self) + 1 if self in self.page.open else 0


def _alone(element: Element) -> Edition:
    return Edition(0, "", "", (element,))


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one kind."""

    kind: str
    entries: list[Entry]

    @property
    def open(self) -> int:
        return sum(entry.resolution is None for entry in self.entries)


class RunPage:
    """Everything of a run its pages show; ``before`` and ``target`` are the names of the two editions."""

    def __init__(
        self, value: Run, given: Mapping[str, Resolution], *, town: str, before: str, target: str,
        terms: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.value, self.given, self.town, self.before, self.target = value, given, town, before, target
        self.decisions = {decision.element: decision for decision in value.strategy.decisions}
        known = {decision.element: decision.base for decision in value.strategy.decisions}
        known |= {element.id: element for element in value.target.elements}
        self.names = Names(known, terms)

    @cached_property
    def entries(self) -> list[Entry]:
        """The questions that matter as things stand, those that need the most thought first."""
        return [Entry(self, item) for item in by_thought(self.value.items) if matters(item, self.given)]

    @cached_property
    def groups(self) -> list[Group]:
        labels = {kind: str(ItemKind(kind).label) for kind in kinds.KINDS}
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.item.kind, []).append(entry)
        return [Group(labels[kind], found[kind]) for kind in kinds.KINDS if kind in found]

    @cached_property
    def open(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.resolution is None]

    @cached_property
    def deferred(self) -> list[Entry]:
        return sorted((entry for entry in self.entries if entry.is_deferred), key=lambda entry: str(entry.until))

    @property
    def settled(self) -> int:
        return len(self.entries) - len(self.open) - len(self.deferred)

    @property
    def safe(self) -> list[Entry]:
        """What may be taken over in one step."""
        found = safe_proposals(self.value, self.given)
        return [entry for entry in self.open if entry.key in found]

    @property
    def done_width(self) -> int:
        return self.settled * BAR // max(len(self.entries), 1)

    @property
    def deferred_width(self) -> int:
        return len(self.deferred) * BAR // max(len(self.entries), 1)

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    def beside(self, entry: Entry) -> dict[str, Any]:
        """The questions before and after."""
        place = self.entries.index(entry)
        following = self.entries[place + 1] if place + 1 < len(self.entries) else None
        return {"previous": self.entries[place - 1] if place else None, "next": following}

    def next_open(self, key: str) -> Entry | None:
        """The next open question after one that was just answered, from the beginning again after the last."""
        keys = [entry.key for entry in self.entries]
        place = keys.index(key) if key in keys else -1
        following = (*self.entries[place + 1 :], *self.entries[: place + 1])
        return next((entry for entry in following if entry.resolution is None), None)
