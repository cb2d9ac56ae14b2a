"""The paper a council decides on: in force, proposed and regional wording side by side, and a list of what changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .diff import Change, diff
from .local import DECLINED, DEFERRED
from .resolve import Passage, Resolved
from .values import Edition, Element, Lineage

EDITORIAL, ADMINISTRATIVE, SUBSTANTIAL = "editorial", "administrative", "substantial"
CLASSES = (EDITORIAL, ADMINISTRATIVE, SUBSTANTIAL)
"""By who may decide: staff, the head of administration, the council. The last one outweighs the others."""
_EDITORIAL_FIELDS = frozenset({"terms", "without_technology", "type", "obligation", "sources", "verified", "note"})


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the paper. ``change`` compares what is in force with what is proposed, word by word.

    ``regional`` is how the region's edition reads; ``passage`` tells state and origin, and is None where it ends.
    """

    change: Change
    passage: Passage | None
    regional: Element | None
    weight: str

    @property
    def element(self) -> Element:
        return self.change.element


@dataclass(frozen=True, slots=True)
class Synopsis:
    """Rows in the order of the proposed text; ``stated`` are decisions without text: (state, element as the region has it)."""

    rows: tuple[Row, ...]
    stated: tuple[tuple[str, Element], ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows the paper is about."""
        return tuple(row for row in self.rows if row.change.is_item)

    @property
    def weight(self) -> str:
        """The heaviest class of all changes: who has to decide on the whole."""
        return heaviest(row.weight for row in self.changes)

    def by_class(self) -> dict[str, tuple[Row, ...]]:
        """The list of changes, the heaviest class first."""
        return {name: tuple(row for row in self.changes if row.weight == name) for name in reversed(CLASSES)}


def synopsis(
    in_force: Resolved | None,
    proposed: Resolved,
    regional: Edition,
    *,
    weights: Mapping[str, str] | None = None,
    states: Iterable[tuple[str, str]] = (),
) -> Synopsis:
    """Compare two versions of a local strategy beside the edition it follows; what was kept as one's own beside what it was.

    ``weights`` are the classes the municipality has chosen, by element id; others get ``suggested_weight``. ``states``
    are the (state, id) of the version in force: decisions that have not changed since are not listed again, except core
    elements that are still put off.
    """
    passages = {passage.element.id: passage for passage in proposed.passages}
    wording = {element.id: element for element in regional.elements}
    before = in_force.as_edition() if in_force else Edition(0, "", "", ())
    rows = tuple(
        Row(
            change, passages.get(change.element.id), wording.get(change.element.id),
            (weights or {}).get(change.element.id) or suggested_weight(change),
        )
        for change in diff(before, proposed.as_edition(), _kept(before, proposed))
    )  # fmt: skip
    known = set(states)
    stated = tuple(
        (state, wording[identity])
        for state, identity in proposed.unprinted
        if state in {DECLINED, DEFERRED}
        and identity in wording
        and ((state, identity) not in known or (state == DEFERRED and wording[identity].obligation == "core"))
    )
    return Synopsis(rows, stated)


def _kept(before: Edition, proposed: Resolved) -> tuple[Lineage, ...]:
    """What ends as a regional element and goes on as an own one is one row of the paper."""
    known = {element.id for element in before.elements}
    ended = known - {passage.element.id for passage in proposed.passages}
    return tuple(
        Lineage("replaced", passage.was, passage.element.id)
        for passage in proposed.passages
        if passage.was in ended and passage.element.id not in known
    )


def suggested_weight(change: Change) -> str:
    """The council decides what comes, goes or is no longer the region's, the head of administration on wording, staff on the rest."""
    if not change.old or not change.new or change.old[0].id != change.new[0].id:
        return SUBSTANTIAL
    if any(part.kinds for part in change.blocks) or any(field.name not in _EDITORIAL_FIELDS for field in change.fields):
        return ADMINISTRATIVE
    return EDITORIAL


def heaviest(weights: Iterable[str]) -> str:
    """The class that outweighs the others; editorial where nothing changes."""
    return max(weights, key=CLASSES.index, default=EDITORIAL)
