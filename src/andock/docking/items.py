"""What a reconciliation run asks and how it can be answered, as plain frozen values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from .local import Addition, Override, OwnElement, Strategy, Value
from .values import Edition, Element

if TYPE_CHECKING:
    from .succession import Succession

UPSTREAM_ONLY, CONVERGED, MERGED, SET_MERGE = "upstream_only", "converged", "merged", "set_merge"
CONFLICT, REVIEW = "conflict", "review"
NEW, DECLINED_CHANGED, REINSTATED, PROMOTED = "new", "declined_changed", "reinstated", "promoted"
WITHDRAWN_CLEAN, WITHDRAWN_IN_USE = "withdrawn_clean", "withdrawn_in_use"
SPLIT, JOINED, REPLACED = "split", "joined", "replaced"
KINDS = (
    CONFLICT, REVIEW, SPLIT, JOINED, REPLACED, WITHDRAWN_IN_USE, WITHDRAWN_CLEAN, NEW, PROMOTED, REINSTATED,
    DECLINED_CHANGED, UPSTREAM_ONLY, MERGED, SET_MERGE, CONVERGED,
)  # fmt: skip
"""Every kind, those that need the most thought first."""
SAFE = frozenset({UPSTREAM_ONLY, CONVERGED, MERGED, SET_MERGE})
"""Kinds whose proposals may be confirmed in one step."""
SUCCESSION = frozenset({SPLIT, JOINED, REPLACED})

TAKE, KEEP, EDITED, DROP, DEFER = "take", "keep", "edited", "drop", "defer"
ADOPT, DECLINE, LEAVE, TO_LOCAL, END = "adopt", "decline", "leave", "to_local", "end"
_FIELD = (TAKE, KEEP, EDITED, DEFER)
ANSWERS: Mapping[str, tuple[str, ...]] = {
    UPSTREAM_ONLY: _FIELD,
    MERGED: _FIELD,
    SET_MERGE: _FIELD,
    CONFLICT: _FIELD,
    CONVERGED: (TAKE, DEFER),
    REVIEW: (TAKE, EDITED, DROP, KEEP, DEFER),
    NEW: (ADOPT, DECLINE, DEFER, LEAVE),
    PROMOTED: (ADOPT, DECLINE, DEFER, LEAVE),
    REINSTATED: (ADOPT, DECLINE, DEFER, LEAVE),
    DECLINED_CHANGED: (KEEP, ADOPT, DEFER),
    WITHDRAWN_CLEAN: (END, TO_LOCAL, DEFER),
    WITHDRAWN_IN_USE: (TO_LOCAL, END, DEFER),
    SPLIT: (ADOPT, DECLINE, TO_LOCAL, LEAVE, DEFER),
    JOINED: (ADOPT, DECLINE, TO_LOCAL, DEFER),
    REPLACED: (ADOPT, DECLINE, TO_LOCAL, LEAVE, DEFER),
}
"""The answers each kind of item takes.

For a review ``take`` is the new wording with the addition kept, ``edited`` with the addition reworded, ``drop``
without it; ``keep`` stays with the old wording. For a succession ``adopt`` follows the region, ``to_local`` keeps what
ends as an element of one's own, ``leave`` decides later. An item offers ``to_local`` only where something ends, and
``leave`` only where nothing does, so that no text disappears unasked.
"""
NEEDS_REASON = frozenset(
    {(kind, DECLINE) for kind in ANSWERS}
    | {(kind, DEFER) for kind in (NEW, PROMOTED, REINSTATED, *SUCCESSION)}
    | {(WITHDRAWN_IN_USE, END)}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A local change of an element that ends, which may be placed in the one that follows."""

    source: str
    change: Override | Addition

    @property
    def key(self) -> str:
        name = self.change.field if isinstance(self.change, Override) else self.change.block.id
        return f"{self.source}/{name}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to an item.

    ``value`` is the text or set for ``edited``; ``placed`` names candidates (``Candidate.key``) to put into the
    element that follows; ``identity`` is the id an element of one's own will have.
    """

    item: str
    answer: str
    value: Value = None
    reason: str = ""
    until: str = ""
    placed: tuple[str, ...] = ()
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a run; ``key`` is stable, ``mark`` stands for the regional wordings before and after.

    ``field`` is empty where the question is about the whole element: then ``before`` and ``after`` are what the region
    said and says, else ``base``, ``upstream`` and ``local`` are the field's values. ``offer`` is a clean merge of both changes.
    ``given`` is the key of an item this one only matters under, once that is answered with ``adopt`` - or, in an
    element that is adopted already (``standing``), with an answer that lets it go on by itself.
    ``attached`` is what hangs on the elements that end or divide and must be checked, ``ending`` which of them end.
    ``home`` is the element a block stands in now that is gone from here.
    """

    kind: str
    element: str
    field: str = ""
    base: Value = None
    upstream: Value = None
    local: Value = None
    before: Element | None = None
    after: Element | None = None
    offer: Value = None
    proposal: Resolution | None = None
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    additions: tuple[Addition, ...] = ()
    attached: tuple[str, ...] = ()
    is_core: bool = False
    given: str = ""
    standing: bool = False
    ending: tuple[str, ...] = ()
    home: str = ""

    @property
    def key(self) -> str:
        return item_key(self.element, self.field)

    @property
    def mark(self) -> str:
        """SHA-256 of what the region said before and says now, first 20 signs; another number is no other wording."""
        sides = (self.base, self.upstream, _unnumbered(self.before), _unnumbered(self.after))
        text = json.dumps([_plain(part) for part in sides], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    @property
    def is_safe(self) -> bool:
        return self.kind in SAFE and not self.given

    @property
    def answers(self) -> tuple[str, ...]:
        if self.kind not in SUCCESSION:
            return ANSWERS[self.kind]
        without = LEAVE if self.ending else TO_LOCAL
        return tuple(answer for answer in ANSWERS[self.kind] if answer != without)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a strategy has to answer to be reconciled with ``target``.

    ``strategy`` has moved blocks where they stand now. ``successions`` and ``promoted`` say by target which decisions
    and which own element lead to it.
    """

    strategy: Strategy
    target: Edition
    items: tuple[Item, ...]
    successions: Mapping[str, Succession] = dataclass_field(default_factory=dict)
    promoted: Mapping[str, OwnElement] = dataclass_field(default_factory=dict)


def item_key(element: str, field: str = "") -> str:
    return f"{element}/{field}" if field else element


def matters(item: Item, resolutions: Mapping[str, Resolution]) -> bool:
    """Whether an item has to be answered, given what was answered to the one it depends on."""
    if not item.given:
        return True
    answer = resolutions.get(item.given)
    return answer is not None and (answer.answer == ADOPT or (item.standing and answer.answer in {TO_LOCAL, LEAVE}))


def open_items(run: Run, resolutions: Mapping[str, Resolution]) -> tuple[Item, ...]:
    """What still has to be answered."""
    return tuple(item for item in run.items if item.key not in resolutions and matters(item, resolutions))


def safe_proposals(run: Run, resolutions: Mapping[str, Resolution]) -> dict[str, Resolution]:
    """The proposals that may be confirmed in one step, for what is still open."""
    found = (item for item in open_items(run, resolutions) if item.is_safe)
    return {item.key: item.proposal for item in found if item.proposal}


def carried(resolutions: Mapping[str, Resolution], before: Run, after: Run) -> dict[str, Resolution]:
    """The answers that stay valid in a run to a newer edition: same question, same regional wordings before and after."""
    asked = {item.key: _question(item) for item in before.items if item.key in resolutions}
    kept = (item for item in after.items if item.key in asked and asked[item.key] == _question(item))
    return {item.key: resolutions[item.key] for item in kept}


def by_thought(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items grouped by kind, those that need the most thought first, core elements before others."""
    return tuple(sorted(items, key=lambda item: (KINDS.index(item.kind), not item.is_core)))


def _question(item: Item) -> tuple[object, ...]:
    return item.kind, item.mark, item.sources, item.answers


def _unnumbered(element: Element | None) -> Element | None:
    return replace(element, label="", sources=(), verified=True, note="") if element else None


def _plain(value: object) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
