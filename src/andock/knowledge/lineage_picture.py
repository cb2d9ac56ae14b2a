"""Trees of lineage as a drawing: one row for each party, indented under whom it has the solution from.

Pure: positions in units of the SVG, one unit a pixel, as text so that no language puts its own separators in. A row
is as high as its words need; a tree of two generations fits a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .choices import Stage
from .lineage import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .lineage import Node, Step

RADIUS, INDENT, MARGIN, GAP = 16, 46, 3, 14
"""Of a hexagon; of a generation; around everything; between a hexagon and its words, and between rows."""
BEND = 12
REM = 16
NAME_HEIGHT, WORD_HEIGHT = 21, 19
NAME_LETTER, WORD_LETTER = 9.4, 7.4
"""How high a line is and how wide a letter at most, of names and of the words beneath."""
PHONE, LEAST = 285, 12
"""Lines are broken so that they fit a phone; deep down they hold so many letters all the same."""
ICONS = {Stage.IN_OPERATION: "tick", Stage.ENDED: "declined"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words."""

    text: str
    y: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """A party: its hexagon with a mark, its words right of it. ``css`` tells how far it is, ``x`` where words begin."""

    css: str
    at: str
    x: str
    lines: tuple[Line, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A curve from the trunk to a party; ``adapted`` is where the mark of an adaptation sits, if there is one."""

    css: str
    path: str
    adapted: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """All values of the drawing."""

    width: str
    height: str
    knots: tuple[Knot, ...]
    branches: tuple[Branch, ...]
    trunks: tuple[str, ...]

    @property
    def wide(self) -> str:
        """Its width on the page, which grows with the letters of whoever reads it."""
        return f"{int(self.width) / REM:.3f}rem"

    @property
    def high(self) -> str:
        return f"{int(self.height) / REM:.3f}rem"

    @property
    def has_adapted(self) -> bool:
        return any(branch.adapted for branch in self.branches)

    def has(self, css: str) -> bool:
        return any(branch.css == css for branch in self.branches)

    @property
    def kinds(self) -> list[str]:
        """The kinds of line that occur, for the legend."""
        return [css for css in ("confirmed", "reported", "ended") if self.has(css)]


@dataclass(frozen=True, slots=True)
class _Row:
    node: Node
    depth: int
    top: int
    told: Sequence[str]

    @property
    def names(self) -> list[str]:
        return self._broken(self.node.party.name, NAME_LETTER)

    @property
    def words(self) -> list[str]:
        return [line for sentence in self.told for line in self._broken(sentence, WORD_LETTER)]

    def _broken(self, text: str, letter: float) -> list[str]:
        letters = max(LEAST, int((PHONE - self.text_x) / letter))
        return wrap(text, letters, break_long_words=False)

    @property
    def x(self) -> int:
        """Middle of the hexagon."""
        return MARGIN + RADIUS + self.depth * INDENT

    @property
    def y(self) -> int:
        return self.top + RADIUS

    @property
    def text_x(self) -> int:
        return self.x + RADIUS + GAP

    @property
    def bottom(self) -> int:
        return self.top + max(2 * RADIUS, len(self.names) * NAME_HEIGHT + len(self.words) * WORD_HEIGHT)

    @property
    def right(self) -> float:
        widths = [len(name) * NAME_LETTER for name in self.names] + [len(word) * WORD_LETTER for word in self.words]
        return self.text_x + max(widths)

    def lines(self) -> Iterator[Line]:
        for place, name in enumerate(self.names):
            yield Line(name, str(self.top + 17 + place * NAME_HEIGHT), is_name=True)
        start = self.top + 17 + len(self.names) * NAME_HEIGHT
        for place, word in enumerate(self.words):
            yield Line(word, str(start + place * WORD_HEIGHT), is_name=False)


def picture(nodes: Sequence[Node]) -> Picture:
    """The drawing of the trees, one below the other."""
    rows = list(_rows(nodes))
    by_node = {id(row.node): row for row in rows}
    parents = [row for row in rows if row.node.children]
    return Picture(
        width=str(round(max(row.right for row in rows)) + MARGIN),
        height=str(rows[-1].bottom + MARGIN),
        knots=tuple(map(_knot, rows)),
        branches=tuple(_branch(row, by_node[id(child)]) for row in parents for child in row.node.children),
        trunks=tuple(_trunk(row, by_node[id(row.node.children[-1])]) for row in parents),
    )


def line_kind(step: Step) -> str:
    """How its line is drawn: what has ended before who says so."""
    if step.stage == Stage.ENDED:
        return "ended"
    return "confirmed" if step.is_confirmed else "reported"


def said(step: Step) -> str:
    """What the line says, in words."""
    words = [pgettext("transfer", "confirmed") if step.is_confirmed else _("reported")]
    words += [_("adapted")] if step.is_adapted else []
    words += [_("Demonstration")] if step.is_demonstration else []
    return " · ".join(words)


def _rows(nodes: Sequence[Node]) -> Iterator[_Row]:
    top = MARGIN
    for node, depth in walk(nodes):
        row = _Row(node, depth, top, _told(node, is_owner=node is nodes[0]))
        yield row
        top = row.bottom + GAP


def _told(node: Node, *, is_owner: bool) -> list[str]:
    step = node.step
    if step is None:
        return [_("owner of the card") if is_owner else _("has given it on")]
    return [f"{step.word}, {step.when}", said(step)]


def _knot(row: _Row) -> Knot:
    step = row.node.step
    stage = Stage(step.stage) if step else None
    css = {None: "source", Stage.IN_OPERATION: "running", Stage.ENDED: "over"}.get(stage, "coming")
    outside = " outside" if row.node.party.is_outside else ""
    mark = ICONS.get(stage, "") if stage else ""
    return Knot(css + outside, f"{row.x} {row.y}", str(row.text_x), tuple(row.lines()), mark)


def _branch(row: _Row, child: _Row) -> Branch:
    """A quarter turn out of the trunk, then straight to the hexagon."""
    step = child.node.step
    assert step is not None, "Whoever stands under another has it from there."
    path = f"M{row.x} {child.y - BEND}q0 {BEND} {BEND} {BEND}H{child.x - RADIUS}"
    adapted = f"{row.x + BEND + 8} {child.y}" if step.is_adapted else ""
    return Branch(line_kind(step), path, adapted)


def _trunk(row: _Row, last: _Row) -> str:
    return f"M{row.x} {row.y + RADIUS}V{last.y - BEND}"
