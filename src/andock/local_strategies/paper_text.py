"""The paper as plain text that keeps headings, lists and marks wherever it is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.docking.words import ADDED, REMOVED

if TYPE_CHECKING:
    from andock.docking.words import Line, Piece

    from .council_paper import Cell, Paper, Part


def as_text(paper: Paper) -> str:
    """Headings begin with ``#``, items of lists with ``-``."""
    return "\n".join(_lines(paper)).strip() + "\n"


def said(piece: Piece) -> str:
    """A piece with its mark in words."""
    words = {ADDED: _("[new:"), REMOVED: _("[removed:")}.get(piece.kind)
    return f"{words} {piece.text}]" if words else piece.text


def _lines(paper: Paper) -> Iterator[str]:
    yield f"# {paper.title}"
    yield f"{paper.town}, {paper.kind}"
    if paper.demonstration:
        yield demonstration()
    yield ""
    yield from (f"- {term}: {value}" for term, value in paper.facts)
    yield from ("", f"## {_('Draft resolution')}", "", paper.resolution, "", f"## {_('Changes by class')}", "")
    for group in paper.groups:
        yield from (f"- {group.label} ({len(group.names)}):", *(f"  - {one}" for one in group.names))
    yield from ("", f"## {_('Side by side')}")
    for row in paper.rows:
        yield from ("", f"### {row.name} ({row.said})")
        for (heading, _second), cell in zip(paper.columns, row.cells, strict=True):
            yield from ("", f"{heading}:", *_cell(cell))
        yield from (f"{_('Reason')}: {reason}" for reason in row.reasons)
    if paper.stated:
        yield from ("", f"## {_('What is not followed')}", "")
        yield from (f"- {one.name}: {one.word}{'. ' if one.reason else ''}{one.reason}" for one in paper.stated)
    yield from ("", paper.foot)


def demonstration() -> str:
    return _("Demonstration.") + " " + _("Meeting, versions and decisions are invented.")


def _cell(cell: Cell) -> Iterable[str]:
    remark = [f"({cell.remark})"] if cell.remark else []
    return [*remark, *(line for part in cell.parts for line in _part(part))]


def _part(part: Part) -> list[str]:
    mark = "- " if part.kind == "list" else "> " if part.kind == "quote" else ""
    label = f"{part.name}: " if part.name else ""
    return [mark + label + _line(line) for line in part.lines]


def _line(line: Line) -> str:
    return " | ".join("".join(map(said, cell)).strip() for cell in line.cells)
