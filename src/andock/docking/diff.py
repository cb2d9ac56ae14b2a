"""What changed from one edition to another, element by element.

Elements and blocks are followed by their identities, never by number or likeness. Elements that lineage ties
together (split, joined, replaced) form one change; every element of either edition is part of exactly one.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .lineage import refuse_cycles
from .values import Block, Edition, Element, Lineage
from .words import ADDED, REMOVED, Line, Piece, line_diff, same_words, unchanged_lines, word_diff

UNCHANGED, RELABELLED = "unchanged", "relabelled"
CHANGED, MOVED = "changed", "moved"
WITHDRAWN, SPLIT, JOINED, REPLACED, REINSTATED = "withdrawn", "split", "joined", "replaced", "reinstated"
MOVED_HERE, MOVED_AWAY = "moved_here", "moved_away"
KINDS = (ADDED, CHANGED, MOVED, SPLIT, JOINED, REPLACED, WITHDRAWN, REINSTATED)
"""The kinds that are an item of the comparison, in the order they are counted."""
FIELDS = ("title", "type", "obligation", "terms", "without_technology", "parameters")
EVIDENCE = ("sources", "verified", "note")
"""Fields that say where a wording comes from: they are shown, but do not make an element a changed one."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs, with both values as they stand in ``Element``."""

    name: str
    old: object
    new: object

    @property
    def gone(self) -> tuple[object, ...]:
        """For lists such as terms: what stands in the old one only."""
        return tuple(value for value in self._many(self.old) if value not in self._many(self.new))

    @property
    def come(self) -> tuple[object, ...]:
        """For lists such as terms: what stands in the new one only."""
        return tuple(value for value in self._many(self.new) if value not in self._many(self.old))

    @property
    def words(self) -> tuple[Piece, ...]:
        """The difference of a text field word by word."""
        return word_diff(str(self.old), str(self.new))

    @staticmethod
    def _many(value: object) -> tuple[object, ...]:
        return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block on either side; no kind means unchanged.

    ``moved`` tells of another order, ``moved_here`` and ``moved_away`` of another element: ``elsewhere``.
    ``home`` is the element it stands in, in the new edition where it still stands there.
    """

    kinds: tuple[str, ...]
    home: Element
    old: Block | None
    new: Block | None
    elsewhere: Element | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The text with words marked; a paragraph is one line, a list one per item, a table one per row."""
        if self.old is None or self.new is None:
            return _one_sided(self.old, self.new)
        if self.old.kind != self.new.kind:
            return _one_sided(self.old, None) + _one_sided(None, self.new)
        if CHANGED not in self.kinds:
            return unchanged_lines(self.new.text, kind=self.new.kind)
        if self.new.kind in {"list", "table"}:
            return line_diff(self.old.text, self.new.text, kind=self.new.kind)
        return (Line(CHANGED, (word_diff(self.old.text, self.new.text),)),)

    @property
    def block(self) -> Block:
        """The newer side."""
        block = self.new or self.old
        assert block, "A change has at least one side."
        return block


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: below which parent, after which sibling."""

    parent: Element | None
    after: Element | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one element, or of several that lineage ties together.

    ``kinds`` may hold two, such as moved and changed. ``fields`` and places are filled where one element
    corresponds to one; ``reasons`` are the words of the editors.
    """

    kinds: tuple[str, ...]
    old: tuple[Element, ...]
    new: tuple[Element, ...]
    fields: tuple[FieldChange, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    reasons: tuple[str, ...] = ()
    old_place: Place | None = None
    new_place: Place | None = None

    @property
    def is_item(self) -> bool:
        """Whether a reader of the comparison must see it; another number alone is no difference of text."""
        return not {UNCHANGED, RELABELLED} & set(self.kinds)

    @property
    def element(self) -> Element:
        """The element the change is named after."""
        return (self.new or self.old)[0]


def diff(old: Edition, new: Edition, lineage: Iterable[Lineage] = ()) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new`` in the order of the new text; withdrawn ones where they stood.

    ``lineage`` is that of ``new``, or for skipped editions ``compose(…)`` of all from the one after ``old``.
    Raises ``LineageCycle``.
    """
    rows = tuple(lineage)
    refuse_cycles(rows)
    groups = _groups(old, new, rows)
    order, homes = _Order(old, new, groups), _Homes(old, new)
    return tuple(_change(group, order, homes) for group in _in_reading_order(old, new, groups))


def differences(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes a reader must see."""
    return tuple(change for change in changes if change.is_item)


def same_text(old: str, new: str) -> bool:
    """Whether two texts read the same: blanks and the way letters are composed do not count."""
    return old == new or same_words(unicodedata.normalize("NFC", old), unicodedata.normalize("NFC", new))


# --- which elements belong together ---------------------------------------------------------------------------------
@dataclass(slots=True, eq=False)
class _Group:
    """Elements of both editions that correspond, with the rows of lineage that explain it."""

    old: list[Element] = field(default_factory=list)
    new: list[Element] = field(default_factory=list)
    rows: list[Lineage] = field(default_factory=list)

    @property
    def is_pair(self) -> bool:
        return len(self.old) == len(self.new) == 1


Groups = dict[tuple[int, str], _Group]
"""By side (0 old, 1 new) and identity."""


def _groups(old: Edition, new: Edition, rows: tuple[Lineage, ...]) -> Groups:
    groups: Groups = {}
    for side, edition in enumerate((old, new)):
        for element in edition.elements:
            group = groups.get((0, element.id)) or _Group()
            (group.new if side else group.old).append(element)
            groups[side, element.id] = group
    for row in rows:
        if (0, row.source) in groups and (1, row.target) in groups:
            _tie(groups, (0, str(row.source)), (1, str(row.target)))
    ranks = (_ranks(old), _ranks(new))
    for group in groups.values():
        group.old.sort(key=lambda element: ranks[0][element.id])
        group.new.sort(key=lambda element: ranks[1][element.id])
    for row in rows:
        explained = groups.get((1, row.target or "")) if row.source is None else groups.get((0, row.source))
        if explained:
            explained.rows.append(row)
    return groups


def _ranks(edition: Edition) -> dict[str, int]:
    """Places in the reading order."""
    return {element.id: place for place, element in enumerate(edition.elements)}


def _tie(groups: Groups, one: tuple[int, str], other: tuple[int, str]) -> None:
    """Make two groups one. Its elements are not in reading order yet."""
    kept, lost = groups[one], groups[other]
    if kept is lost:
        return
    kept.old += lost.old
    kept.new += lost.new
    groups.update({(0, element.id): kept for element in lost.old} | {(1, element.id): kept for element in lost.new})


def _in_reading_order(old: Edition, new: Edition, groups: Groups) -> list[_Group]:
    """By place in the new edition; what is gone comes after the element it followed."""
    places = _ranks(new)
    order: dict[int, tuple[int, int]] = {}
    last = -1
    for number, element in enumerate(old.elements):
        group = groups[0, element.id]
        last = min((places[other.id] for other in group.new), default=last)
        order.setdefault(id(group), (last, 0 if group.new else number + 1))
    for element in new.elements:
        order.setdefault(id(groups[1, element.id]), (places[element.id], 0))
    distinct = {id(group): group for group in groups.values()}
    return sorted(distinct.values(), key=lambda group: order[id(group)])


# --- what moved -----------------------------------------------------------------------------------------------------
class _Order:
    """Where elements stand, and which pairs stand somewhere else than before."""

    def __init__(self, old: Edition, new: Edition, groups: Groups) -> None:
        self._groups = groups
        self._named = ({e.id: e for e in old.elements}, {e.id: e for e in new.elements})
        self._after = (_predecessors(old), _predecessors(new))
        self._rank = _ranks(new)
        self._reordered = self._out_of_order(old)

    def place(self, side: int, element: Element) -> Place:
        return Place(self._named[side].get(element.parent or ""), self._after[side][element.id])

    def is_moved(self, group: _Group) -> bool:
        """Another parent, or another order among the siblings that stayed.

        A parent that was itself replaced, split or joined takes its children along: they did not move, unless the
        editors say so.
        """
        if self._parent(0, group.old[0]) is not self._parent(1, group.new[0]) or id(group) in self._reordered:
            return True
        said = any(row.kind == MOVED for row in group.rows)
        return said and group.old[0].parent != group.new[0].parent

    def _parent(self, side: int, element: Element) -> _Group | None:
        return self._groups.get((side, element.parent or ""))

    def _out_of_order(self, old: Edition) -> set[int]:
        """Pairs that left the longest run of siblings still in order: one moved sibling does not move the others."""
        families: dict[int, list[_Group]] = {}
        for element in old.elements:
            group = self._groups[0, element.id]
            if group.is_pair and self._parent(0, element) is self._parent(1, group.new[0]):
                families.setdefault(id(self._parent(0, element)), []).append(group)
        return {id(group) for family in families.values() for group in self._strayed(family)}

    def _strayed(self, family: list[_Group]) -> Iterator[_Group]:
        steady = in_order([self._rank[group.new[0].id] for group in family])
        yield from (group for place, group in enumerate(family) if place not in steady)


def in_order(numbers: Sequence[int]) -> set[int]:
    """Places of a longest increasing subsequence of distinct numbers (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(places[pile - 1] if pile else None)
        tops[pile : pile + 1] = [number]
        places[pile : pile + 1] = [place]
    found: set[int] = set()
    step = places[-1] if places else None
    while step is not None:
        found.add(step)
        step = before[step]
    return found


def _predecessors(edition: Edition) -> dict[str, Element | None]:
    """The sibling before each element."""
    last: dict[str | None, Element] = {}
    found: dict[str, Element | None] = {}
    for element in edition.elements:
        found[element.id] = last.get(element.parent)
        last[element.parent] = element
    return found


# --- what changed ---------------------------------------------------------------------------------------------------
def _change(group: _Group, order: _Order, homes: _Homes) -> Change:
    old, new = tuple(group.old), tuple(group.new)
    fields = tuple(_fields(old[0], new[0])) if group.is_pair else ()
    blocks = tuple(homes.changes(old, new))
    kinds = tuple(_kinds(group, order, fields=fields, blocks=blocks))
    return Change(
        kinds=kinds,
        old=old,
        new=new,
        fields=fields,
        blocks=blocks,
        reasons=() if UNCHANGED in kinds else _reasons(group.rows),
        old_place=order.place(0, old[0]) if group.is_pair else None,
        new_place=order.place(1, new[0]) if group.is_pair else None,
    )


def _kinds(
    group: _Group, order: _Order, *, fields: tuple[FieldChange, ...], blocks: tuple[BlockChange, ...]
) -> Iterator[str]:
    if not group.old:
        yield REINSTATED if any(row.kind == REINSTATED for row in group.rows) else ADDED
    elif not group.new:
        yield WITHDRAWN
    elif not group.is_pair:
        yield from _kinds_of_many(group)
    else:
        yield from _kinds_of_pair(group, order, edited=_is_edited(fields, blocks))


def _is_edited(fields: tuple[FieldChange, ...], blocks: tuple[BlockChange, ...]) -> bool:
    return any(change.name in FIELDS for change in fields) or any(change.kinds for change in blocks)


def _kinds_of_many(group: _Group) -> Iterator[str]:
    if len(group.new) > 1:
        yield SPLIT
    if len(group.old) > 1:
        yield JOINED


def _kinds_of_pair(group: _Group, order: _Order, *, edited: bool) -> Iterator[str]:
    before, after = group.old[0], group.new[0]
    if before.id != after.id and any(row.kind not in {"continued", MOVED} for row in group.rows):
        yield REPLACED
        return
    moved = order.is_moved(group)
    if moved:
        yield MOVED
    if edited:
        yield CHANGED
    if not moved and not edited:
        yield UNCHANGED if before.label == after.label else RELABELLED


def _reasons(rows: Iterable[Lineage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for row in rows for line in row.reason.split("\n") if line.strip()))


def _fields(old: Element, new: Element) -> Iterator[FieldChange]:
    for name in (*FIELDS, *EVIDENCE):
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, str) and isinstance(after, str) and same_text(before, after):
            continue
        if before != after:
            yield FieldChange(name, before, after)


class _Homes:
    """Where every block stands in both editions."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self._old = {block.id: (element, block) for element in old.elements for block in element.blocks}
        self._new_homes = {block.id: element for element in new.elements for block in element.blocks}

    def changes(self, old: tuple[Element, ...], new: tuple[Element, ...]) -> Iterator[BlockChange]:
        """The blocks of corresponding elements in the order of the new text, removed ones before what took their place."""
        before = [(element, block) for element in old for block in element.blocks]
        after = [(element, block) for element in new for block in element.blocks]
        stayed = {block.id for _home, block in before} & {block.id for _home, block in after}
        rank = {block.id: place for place, (_home, block) in enumerate(after)}
        kept = [block.id for _home, block in before if block.id in stayed]
        steady = {kept[place] for place in in_order([rank[identity] for identity in kept])}
        stretches = iter(self._gone(before, steady, stayed))
        yield from next(stretches)
        for home, block in after:
            yield self._come(home, block, stayed=block.id in stayed, moved=block.id not in steady)
            if block.id in steady:
                yield from next(stretches)

    def _gone(self, before: list[tuple[Element, Block]], steady: set[str], stayed: set[str]) -> list[list[BlockChange]]:
        """Removed blocks in stretches: before the first steady block, between each two, after the last."""
        stretches: list[list[BlockChange]] = [[]]
        for home, block in before:
            if block.id in steady:
                stretches.append([])
            elif block.id not in stayed:
                elsewhere = self._new_homes.get(block.id)
                kind = MOVED_AWAY if elsewhere else REMOVED
                stretches[-1].append(BlockChange((kind,), home, block, None, elsewhere))
        return stretches

    def _come(self, home: Element, block: Block, *, stayed: bool, moved: bool) -> BlockChange:
        if block.id not in self._old:
            return BlockChange((ADDED,), home, None, block)
        origin, before = self._old[block.id]
        kinds = [MOVED if stayed else MOVED_HERE] if moved else []
        if before.kind != block.kind or not same_text(before.text, block.text):
            kinds.append(CHANGED)
        return BlockChange(tuple(kinds), home, before, block, None if stayed else origin)


def _one_sided(old: Block | None, new: Block | None) -> tuple[Line, ...]:
    """Text that is wholly removed or wholly added."""
    block, kind = (new, ADDED) if new else (old, REMOVED)
    return unchanged_lines(block.text, kind=block.kind, as_kind=kind) if block else ()
