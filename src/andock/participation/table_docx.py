"""The table for the council as Word file: real headings, real table heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from andock.design.word import as_bytes, clean, new_document

from .table_words import DEMONSTRATION, HEADS, NO_ANSWER, NOTHING

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell, _Row

    from .table import Group, Line, ResponseTable

WIDTHS = (1.6, 11.4, 12.0)


def as_docx(table: ResponseTable) -> bytes:
    """The same content as the PDF, to go on with."""
    document = new_document(title=f"{table.title}, {table.kind}", author=table.town)
    _across(document)
    document.add_paragraph(clean(f"{table.town} · {table.kind}"))
    document.add_paragraph(clean(table.title), style="Title")
    if table.is_demonstration:
        document.add_paragraph(str(DEMONSTRATION))
    for term, value in table.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(clean(f"{term}: ")).bold = True
        line.add_run(clean(value))
    for group in table.groups:
        _group(document, group)
    if not table.groups:
        document.add_paragraph(str(NOTHING))
    return as_bytes(document)


def _across(document: Word) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)


def _group(document: Word, group: Group) -> None:
    """What it is about as a heading one can jump to; below it a table whose head comes again on every page."""
    document.add_heading(clean(group.about), level=1)
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    heads = (HEADS["number"], HEADS["contribution"], HEADS["answer"])
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(clean(str(head))).bold = True
    _mark(table.rows[0], "w:tblHeader")
    for line in group.lines:
        row: _Row = table.add_row()
        _mark(row, "w:cantSplit")
        number, said, answer = row.cells
        number.text = str(line.number)
        _said(said, line)
        _answer(answer, line)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)


def _mark(row: _Row, tag: str) -> None:
    """Tell Word and screen readers what this row is."""
    row._tr.get_or_add_trPr().append(OxmlElement(tag))  # noqa: SLF001  there is no other way


def _said(cell: _Cell, line: Line) -> None:
    head = cell.paragraphs[0]
    head.add_run(clean(" · ".join(filter(None, (line.kind, line.author, line.day, line.municipality)))))
    if line.mark:
        cell.add_paragraph().add_run(clean(line.mark)).bold = True
    if line.title:
        cell.add_paragraph().add_run(clean(line.title)).bold = True
    cell.add_paragraph(clean(line.text))
    for words, value in line.details:
        cell.add_paragraph(clean(f"{words}: {value}"))


def _answer(cell: _Cell, line: Line) -> None:
    if not line.stance:
        cell.text = clean(str(NO_ANSWER))
        return
    cell.paragraphs[0].add_run(clean(line.stance)).bold = True
    cell.add_paragraph(clean(line.reason))
    for head, value in ((HEADS["forwarded"], line.forwarded_to), (HEADS["changed"], line.changed)):
        if value:
            cell.add_paragraph(clean(f"{head}: {value}"))
