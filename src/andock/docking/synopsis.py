"""The paper a council decides on: in force, proposed and regional wording side by side, and a list of what changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .diff import Change, diff
from .local import ADAPTED, ADOPTED, DECLINED, DEFERRED, UNDECIDED
from .resolve import Passage, Resolved
from .values import Edition, Element, Lineage

EDITORIAL, ADMINISTRATIVE, SUBSTANTIAL = "editorial", "administrative", "substantial"
CLASSES = (EDITORIAL, ADMINISTRATIVE, SUBSTANTIAL)
"""By who may decide: staff, the head of administration, the council. The last one outweighs the others."""
PUT_OFF = "put_off"
"""The state of a passage that goes on as it is, because the answer to the region's change of it is put off."""
_EDITORIAL_FIELDS = frozenset({"terms", "without_technology", "type", "obligation", "sources", "verified", "note"})


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of the paper. ``change`` compares what is in force with what is proposed, word by word.

    ``regional`` is how the region's edition reads; ``passage`` tells state and origin, and is None where it ends.
    ``weight`` is the class, ``suggested`` the one it has unless the municipality chooses another.
    """

    change: Change
    passage: Passage | None
    regional: Element | None
    suggested: str
    weight: str

    @property
    def element(self) -> Element:
        return self.change.element


@dataclass(frozen=True, slots=True)
class Stated:
    """A decision that no row tells of, on the element as the region has it; the classes are empty where it is as before."""

    state: str
    element: Element
    suggested: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Synopsis:
    """Rows in the order of the proposed text; ``stated`` are decisions that leave the text as it is, or stand beside it."""

    rows: tuple[Row, ...]
    stated: tuple[Stated, ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows the paper is about."""
        return tuple(row for row in self.rows if row.change.is_item)

    @property
    def weighed(self) -> tuple[Row | Stated, ...]:
        """Everything that somebody has to decide on: changes of the text, then those of decisions alone."""
        return (*self.changes, *(one for one in self.stated if one.weight))

    @property
    def weight(self) -> str:
        """The heaviest class of all changes: who has to decide on the whole."""
        return heaviest(one.weight for one in self.weighed)

    def by_class(self) -> dict[str, tuple[Row | Stated, ...]]:
        """The list of changes, the heaviest class first."""
        return {name: tuple(one for one in self.weighed if one.weight == name) for name in reversed(CLASSES)}


def synopsis(
    in_force: Resolved | None,
    proposed: Resolved,
    regional: Edition,
    *,
    weights: Mapping[str, str] | None = None,
    states: Iterable[tuple[str, str]] = (),
    put_off: Collection[str] = (),
) -> Synopsis:
    """Compare two versions of a local strategy beside the edition it follows; what was kept as one's own beside what it was.

    ``weights`` are the classes the municipality has chosen, by element id; others get the suggested one. ``states``
    are the (state, id) of the version in force: what is declined or put off as before is listed without a class.
    ``put_off`` are the elements about which it is new that an answer to the region is.
    """
    passages = {passage.element.id: passage for passage in proposed.passages}
    wording = {element.id: element for element in regional.elements}
    before = in_force.as_edition() if in_force else Edition(0, "", "", ())
    chosen = weights or {}
    rows = tuple(
        Row(
            change, passages.get(change.element.id), wording.get(change.element.id), suggested,
            chosen.get(change.element.id) or suggested,
        )
        for change in diff(before, proposed.as_edition(), _kept(before, proposed))
        for suggested in [_suggested(change, put_off)]
    )  # fmt: skip
    told = {row.element.id for row in rows if row.change.is_item}
    earlier = {identity: state for state, identity in states}
    earlier |= {passage.element.id: passage.state for passage in in_force.passages} if in_force else {}
    return Synopsis(rows, tuple(_stated(_decisions(proposed, wording, put_off), earlier, told, chosen)))


def _suggested(change: Change, put_off: Collection[str]) -> str:
    suggested = suggested_weight(change)
    return heaviest((suggested, ADMINISTRATIVE)) if change.element.id in put_off else suggested


def _stated(
    decisions: Iterable[tuple[str, Element]], earlier: Mapping[str, str], told: set[str], chosen: Mapping[str, str]
) -> Iterator[Stated]:
    """What was decided beside the text; whatever is ``told`` already has its class there."""
    for state, element in decisions:
        suggested = suggested_weight_of_decision(earlier.get(element.id, UNDECIDED), state)
        if suggested and element.id not in told:
            told.add(element.id)
            yield Stated(state, element, suggested, chosen.get(element.id) or suggested)
        elif state in {DECLINED, DEFERRED}:
            yield Stated(state, element)


def _decisions(
    proposed: Resolved, wording: Mapping[str, Element], put_off: Collection[str]
) -> Iterator[tuple[str, Element]]:
    """Every decision on an element of the region, printed or not, and what is put off of what goes on."""
    printed = [(passage.state, passage.element.id) for passage in proposed.passages]
    for state, identity in (*proposed.unprinted, *printed):
        if identity in wording:
            yield state, wording[identity]
    for passage in proposed.passages:
        if passage.element.id in put_off:
            yield PUT_OFF, wording.get(passage.element.id, passage.element)


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


def suggested_weight_of_decision(before: str, after: str) -> str:
    """Who decides on a decision where the text stays as it is; empty where nothing is decided.

    To say no, and to take a no back, is for the council, like what comes and goes. To put off, and to keep one's
    wording where the region has changed its own, is for the head of administration, like wording. Nobody decides that
    a day has come on which something is open again, or that the region says now what was local before.
    """
    if before == after:
        return ""
    if after == DECLINED or (before == DECLINED and after in {UNDECIDED, DEFERRED}):
        return SUBSTANTIAL
    return ADMINISTRATIVE if after in {DEFERRED, PUT_OFF} or (before, after) == (ADOPTED, ADAPTED) else ""


def heaviest(weights: Iterable[str]) -> str:
    """The class that outweighs the others; editorial where nothing changes."""
    return max(weights, key=CLASSES.index, default=EDITORIAL)
