"""The paper for the council as Word file: real headings, real table heads, marks that need no colour."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from andock.design.word import as_bytes, clean, new_document
from andock.docking.words import ADDED, REMOVED, Piece

from .paper_text import demonstration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Word
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

    from .council_paper import Cell, Paper, PaperRow, Part

STYLES = {"list": "List Bullet", "quote": "Quote"}


def as_docx(paper: Paper, *, crest: bytes = b"") -> bytes:
    """The same content as the PDF, to go on with. ``crest`` is a PNG."""
    document = new_document(title=f"{paper.title}, {paper.kind}", author=paper.town)
    document.sections[0].footer.paragraphs[0].text = clean(paper.foot)
    _head(document, paper, crest)
    document.add_heading(_("Draft resolution"), level=1)
    for text in paper.resolution.split("\n\n"):
        document.add_paragraph(clean(text))
    document.add_heading(_("Changes by class"), level=1)
    groups = [(group.label, str(len(group.names)), "\n".join(group.names)) for group in paper.groups]
    _table(document, (_("Class"), _("Number"), _("Passages")), groups)
    if paper.stated:
        document.add_heading(_("What is not followed"), level=1)
        stated = [(one.name, one.word, one.reason) for one in paper.stated]
        _table(document, (_("Passage of the region"), _("Decision"), _("Reason")), stated)
    _comparison(document, paper)
    return as_bytes(document)


def _head(document: Word, paper: Paper, crest: bytes) -> None:
    if crest:
        picture = document.add_picture(io.BytesIO(crest), height=Cm(2.2))
        picture._inline.docPr.set("descr", clean(_("Crest of %s") % paper.town))  # noqa: SLF001  there is no other way
    document.add_paragraph(clean(f"{paper.town} · {paper.kind}"))
    document.add_paragraph(clean(paper.title), style="Title")
    if paper.demonstration:
        document.add_paragraph(demonstration())
    for term, value in paper.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(clean(f"{term}: ")).bold = True
        line.add_run(clean(value))


def _table(document: Word, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A plain table whose head comes again on every page."""
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(clean(head)).bold = True
    _repeat(table.rows[0])
    for row in rows:
        for cell, text in zip(_next_row(table).cells, row, strict=True):
            cell.text = clean(text)
    return table


def _next_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _repeat(row: _Row) -> None:
    """Tell Word and screen readers that this row is the head of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  there is no other way


def _keep_together(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  there is no other way


# --- comparison -------------------------------------------------------------------------------------------------------
def _comparison(document: Word, paper: Paper) -> None:
    if not paper.rows:
        return
    _across(document)
    document.add_heading(_("Side by side"), level=1)
    signs = document.add_paragraph(_("Signs:") + " ")
    _write(signs, (Piece(ADDED, _("underlined")),))
    signs.add_run(" " + _("is new,") + " ")
    _write(signs, (Piece(REMOVED, _("struck through")),))
    signs.add_run(" " + _("falls away, each against the version in force."))
    table = _table(document, [f"{heading}\n{second}" for heading, second in paper.columns], [])
    for row in paper.rows:
        _row(table, row)


def _across(document: Word) -> None:
    """A section in landscape; the upright one before it stays."""
    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)


def _row(table: Table, row: PaperRow) -> None:
    """The name of the passage over all columns, as a heading one can jump to; below it the three columns."""
    head = _next_row(table)
    _keep_together(head)
    over = head.cells[0].merge(head.cells[2])
    over.paragraphs[0].style = "Heading 2"
    over.paragraphs[0].add_run(clean(row.name))
    over.add_paragraph(clean(row.said))
    for reason in row.reasons:
        over.add_paragraph(clean(f"{_('Reason')}: {reason}"))
    for place, cell in zip(_next_row(table).cells, row.cells, strict=True):
        _fill(place, cell)


def _fill(place: _Cell, cell: Cell) -> None:
    if cell.remark:
        _next(place).add_run(clean(cell.remark))
    for part in cell.parts:
        for line in part.lines:
            _paragraph(_next(place), part, line.cells)


def _next(place: _Cell) -> Paragraph:
    """The paragraph every cell begins with while it is empty, then new ones."""
    first = place.paragraphs[0]
    return first if len(place.paragraphs) == 1 and not first.runs else place.add_paragraph()


def _paragraph(line: Paragraph, part: Part, cells: Sequence[Sequence[Piece]]) -> None:
    if style := STYLES.get(part.kind):
        line.style = style
    if part.name:
        line.add_run(clean(f"{part.name}: "))
    for number, pieces in enumerate(cells):
        if number:
            line.add_run(" | ")
        _write(line, pieces)


def _write(line: Paragraph, pieces: Sequence[Piece]) -> None:
    """Runs with the mark as line and in words."""
    words = {ADDED: _("[new:"), REMOVED: _("[removed:")}
    for piece in pieces:
        if piece.kind not in words:
            line.add_run(clean(piece.text))
            continue
        line.add_run(f"{words[piece.kind]} ").font.size = Pt(8)
        run = line.add_run(clean(piece.text))
        run.font.underline, run.font.strike = piece.kind == ADDED, piece.kind == REMOVED
        line.add_run("]").font.size = Pt(8)
