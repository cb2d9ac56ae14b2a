"""The text of a local strategy: what is adopted, with local changes on it, and elements of its own, as one tree.

Pure and deterministic: it reads what was recorded, never "the newest edition". The same strategy gives the same text
for ever, so that what a council approved can be rebuilt byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .fields import BLOCK, PARENT, drift, effective, fields_of
from .local import ADOPTED, OWN, Addition, Decision, Override, OwnElement, Strategy, Value
from .values import Block, Edition, Element
from .words import SAME, word_diff

REGIONAL, LOCAL, MIXED = "regional", "local", "mixed"
MIXED_FROM = 0.4
"""Share of regional words from which a local wording counts as mixed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field's value comes from; ``edition`` is 0 where it is local."""

    kind: str
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """An element as it is printed. ``origins`` are by field, local additions as ``block:<id>`` too.

    ``was`` is the regional element that an own one is kept of.
    """

    element: Element
    state: str
    origins: Mapping[str, Origin]
    reasons: tuple[str, ...] = ()
    serves: str = ""
    relation: str = ""
    drift: tuple[int, int] = (0, 0)
    was: str = ""

    @property
    def origin(self) -> Origin:
        """The element as a whole: of one origin where all its fields are, else mixed."""
        found = set(self.origins.values())
        if len(found) == 1:
            return found.pop()
        editions = {origin.edition for origin in found if origin.edition}
        if {origin.kind for origin in found} == {REGIONAL}:
            return Origin(REGIONAL, max(editions))
        return Origin(MIXED, max(editions, default=0))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A local strategy as it reads: passages in reading order. What is not printed is known by state and id."""

    edition: int
    passages: tuple[Passage, ...]
    unprinted: tuple[tuple[str, str], ...]

    def as_edition(self, title: str = "", label: str = "") -> Edition:
        """The text in the shape of an edition, so that it can be compared with others."""
        return Edition(self.edition, label, title, tuple(passage.element for passage in self.passages))


def resolve(strategy: Strategy) -> Resolved:
    """What is printed, in the order of the edition, own elements after the sibling they follow."""
    printed = {passage.element.id: passage for passage in _passages(strategy)}
    order, parents = _tree(strategy)
    passages = tuple(
        replace(passage, element=replace(passage.element, parent=_printed_parent(identity, parents, printed)))
        for identity in order
        if (passage := printed.get(identity))
    )
    unprinted = tuple((d.state, d.element) for d in strategy.decisions if d.state != ADOPTED)
    return Resolved(strategy.edition, passages, unprinted)


def own_text(decision: Decision, identity: str) -> Element:
    """What an element says here as an element of one's own; slots nobody has filled are left out."""
    found = effective(decision)
    filled = tuple(slot for slot in found.parameters if slot.value)
    return replace(found, id=identity, label="", parameters=filled, obligation="optional")


# --- passages --------------------------------------------------------------------------------------------------------
def _passages(strategy: Strategy) -> Iterator[Passage]:
    yield from map(_own, strategy.own)
    for decision in strategy.decisions:
        if decision.state == ADOPTED:
            yield _adopted(decision)


def _adopted(decision: Decision) -> Passage:
    changes: tuple[Override | Addition, ...] = (*decision.overrides, *decision.additions)
    return Passage(
        effective(decision), decision.shown_state, origins(decision),
        reasons=tuple(dict.fromkeys(change.reason for change in changes if change.reason)), drift=drift(decision),
    )  # fmt: skip


def _own(own: OwnElement) -> Passage:
    found = dict.fromkeys(fields_of(own.element), Origin(LOCAL))
    return Passage(own.element, OWN, found, serves=own.serves, relation=own.relation, was=own.origin)


def origins(decision: Decision) -> dict[str, Origin]:
    """The origin of every field that is printed."""
    held = {entry.field: entry.edition for entry in decision.held}
    regional = fields_of(decision.base)
    found = {name: _regional(held.get(name, decision.edition)) for name in regional}
    for override in decision.overrides:
        found[override.field] = _changed(regional.get(override.field), override.value, found[override.field])
    found |= {BLOCK + addition.block.id: Origin(LOCAL) for addition in decision.additions}
    return found


def _regional(edition: int) -> Origin:
    return Origin(REGIONAL, edition) if edition else Origin(LOCAL)


def _changed(regional: Value, local: Value, origin: Origin) -> Origin:
    """A local wording that kept a good part of the regional words is mixed."""
    texts = [part.text if isinstance(part, Block) else part for part in (regional, local)]
    if not all(isinstance(text, str) and text for text in texts):
        return Origin(LOCAL)
    kept = sum(len(piece.text) for piece in word_diff(*map(str, texts)) if piece.kind == SAME)
    is_mixed = 2 * kept >= MIXED_FROM * sum(len(str(text)) for text in texts)
    return Origin(MIXED, origin.edition) if is_mixed else Origin(LOCAL)


# --- the tree --------------------------------------------------------------------------------------------------------
Parents = dict[str, str]
"""Parent by identity, ``""`` at the top; everything that was decided on, printed or not, in order."""


def _tree(strategy: Strategy) -> tuple[list[str], Parents]:
    """The reading order and the parents. Where local and regional parents make a circle it is cut at its first element."""
    parents = _parents(strategy)
    children = _children(strategy, parents)
    order = list(_walk("", children))
    reached = set(order)
    for identity, parent in parents.items():
        if identity not in reached:
            children[parent].remove(identity)
            parents[identity] = ""
            circle = [identity, *_walk(identity, children)]
            order += circle
            reached.update(circle)
    return order, parents


def _parents(strategy: Strategy) -> Parents:
    """What was kept as one's own takes the place of the element it was, for those below it."""
    found = {decision.element: _parent(decision) for decision in strategy.decisions}
    adopted = {decision.element for decision in strategy.decisions if decision.state == ADOPTED}
    for own in strategy.own:
        if own.element.id not in adopted:
            found.pop(own.element.id, None)
            found[own.element.id] = own.element.parent or ""
    stand_ins = {own.origin: own.element.id for own in strategy.own if own.origin and own.origin not in adopted}
    known = {identity: stand_ins.get(parent, parent) for identity, parent in found.items()}
    return {identity: parent if parent in known else "" for identity, parent in known.items()}


def _parent(decision: Decision) -> str:
    local = next((override.value for override in decision.overrides if override.field == PARENT), decision.base.parent)
    return str(local or "")


def _children(strategy: Strategy, parents: Parents) -> dict[str, list[str]]:
    after = {own.element.id: own.after for own in strategy.own}
    found: dict[str, list[str]] = {}
    for identity, parent in parents.items():
        siblings = found.setdefault(parent, [])
        siblings.insert(_place(after.get(identity, ""), siblings, after), identity)
    return found


def _place(wanted: str, siblings: list[str], after: Mapping[str, str]) -> int:
    """After the sibling that is named and those own ones that follow it already; without it at the end."""
    if wanted not in siblings:
        return len(siblings)
    place = siblings.index(wanted) + 1
    while place < len(siblings) and after.get(siblings[place]) == wanted:
        place += 1
    return place


def _printed_parent(identity: str, parents: Parents, printed: Mapping[str, Passage]) -> str | None:
    """The nearest ancestor that is printed."""
    parent = parents[identity]
    while parent and parent not in printed:
        parent = parents[parent]
    return parent or None


def _walk(parent: str, children: Mapping[str, list[str]]) -> Iterator[str]:
    """Parents before children, without recursion: a tree may be as deep as people like."""
    waiting = list(reversed(children.get(parent, ())))
    while waiting:
        identity = waiting.pop()
        yield identity
        waiting += reversed(children.get(identity, ()))
