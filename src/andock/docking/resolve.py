"""The text of a local strategy: what is adopted, with local changes on it, and elements of its own, as one tree.

Pure and deterministic: it reads what was recorded, never "the newest edition". The same strategy gives the same text
for ever, so that what a council approved can be rebuilt byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .fields import BLOCK, drift, effective, fields_of
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
    """An element as it is printed. ``origins`` are by field, local additions as ``block:<id>`` too."""

    element: Element
    state: str
    origins: Mapping[str, Origin]
    reasons: tuple[str, ...] = ()
    serves: str = ""
    relation: str = ""
    drift: tuple[int, int] = (0, 0)

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
    nodes = _nodes(strategy)
    printed = {passage.element.id: passage for passage in _passages(strategy)}
    passages = tuple(
        replace(passage, element=replace(passage.element, parent=_printed_parent(identity, nodes, printed)))
        for identity in _reading_order(strategy, nodes)
        if (passage := printed.get(identity))
    )
    unprinted = tuple((d.state, d.element) for d in strategy.decisions if d.state != ADOPTED)
    return Resolved(strategy.edition, passages, unprinted)


def own_text(decision: Decision, identity: str) -> Element:
    """What an element says here as an element of one's own."""
    return replace(effective(decision), id=identity, label="", parameters=(), obligation="optional")


# --- passages --------------------------------------------------------------------------------------------------------
def _passages(strategy: Strategy) -> Iterator[Passage]:
    for decision in strategy.decisions:
        if decision.state == ADOPTED:
            yield _adopted(decision)
    yield from map(_own, strategy.own)


def _adopted(decision: Decision) -> Passage:
    changes: tuple[Override | Addition, ...] = (*decision.overrides, *decision.additions)
    return Passage(
        effective(decision), decision.shown_state, origins(decision),
        reasons=tuple(dict.fromkeys(change.reason for change in changes if change.reason)), drift=drift(decision),
    )  # fmt: skip


def _own(own: OwnElement) -> Passage:
    found = dict.fromkeys(fields_of(own.element), Origin(LOCAL))
    return Passage(own.element, OWN, found, serves=own.serves, relation=own.relation)


def origins(decision: Decision) -> dict[str, Origin]:
    """The origin of every field that is printed."""
    held = {entry.field: entry.edition for entry in decision.held}
    regional = fields_of(decision.base)
    found = {name: Origin(REGIONAL, held.get(name, decision.edition)) for name in regional}
    for override in decision.overrides:
        found[override.field] = _changed(regional.get(override.field), override.value, found[override.field])
    found |= {BLOCK + addition.block.id: Origin(LOCAL) for addition in decision.additions}
    return found


def _changed(regional: Value, local: Value, origin: Origin) -> Origin:
    """A local wording that kept a good part of the regional words is mixed."""
    texts = [part.text if isinstance(part, Block) else part for part in (regional, local)]
    if not all(isinstance(text, str) and text for text in texts):
        return Origin(LOCAL)
    kept = sum(len(piece.text) for piece in word_diff(*map(str, texts)) if piece.kind == SAME)
    is_mixed = 2 * kept >= MIXED_FROM * sum(len(str(text)) for text in texts)
    return Origin(MIXED, origin.edition) if is_mixed else Origin(LOCAL)


# --- the tree --------------------------------------------------------------------------------------------------------
Nodes = Mapping[str, str]
"""Parent by identity, ``""`` at the top; everything that was decided on, printed or not."""


def _nodes(strategy: Strategy) -> Nodes:
    parents = {d.element: effective(d).parent or "" for d in strategy.decisions}
    return parents | {own.element.id: own.element.parent or "" for own in strategy.own}


def _printed_parent(identity: str, nodes: Nodes, printed: Mapping[str, Passage]) -> str | None:
    """The nearest ancestor that is printed."""
    parent, seen = nodes[identity], {identity}
    while parent and parent not in printed and parent not in seen:
        seen.add(parent)
        parent = nodes.get(parent, "")
    return parent if parent in printed and parent not in seen else None


def _reading_order(strategy: Strategy, nodes: Nodes) -> Iterable[str]:
    children: dict[str, list[str]] = {}
    for decision in strategy.decisions:
        children.setdefault(_known_parent(decision.element, nodes), []).append(decision.element)
    for own in strategy.own:
        siblings = children.setdefault(_known_parent(own.element.id, nodes), [])
        place = siblings.index(own.after) + 1 if own.after in siblings else len(siblings)
        siblings.insert(place, own.element.id)
    order = list(_walk("", children))
    reached = set(order)
    return (*order, *(identity for identity in nodes if identity not in reached))


def _known_parent(identity: str, nodes: Nodes) -> str:
    return nodes[identity] if nodes[identity] in nodes else ""


def _walk(parent: str, children: Mapping[str, list[str]]) -> Iterator[str]:
    """Parents before children, without recursion: a tree may be as deep as people like."""
    waiting = list(reversed(children.get(parent, ())))
    while waiting:
        identity = waiting.pop()
        yield identity
        waiting += reversed(children.get(identity, ()))
