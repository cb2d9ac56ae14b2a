"""A letter as Word file, so that an administration can put it on its own paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.design.word import as_bytes, clean, new_document

if TYPE_CHECKING:
    from .letters import Letter


def as_docx(letter: Letter) -> bytes:
    """The letter with real headings and lists, on A4, in the language it is written in."""
    document = new_document(title=letter.subject, author=letter.sender)
    for line in (letter.sender, "", *letter.recipient, "", letter.date):
        document.add_paragraph(clean(line))
    document.add_heading(clean(letter.subject), level=1)
    for text in letter.paragraphs:
        document.add_paragraph(clean(text))
    if letter.points:
        document.add_paragraph(clean(letter.points_title))
    for point in letter.points:
        document.add_paragraph(clean(point), style="List Bullet")
    for text in letter.closing:
        document.add_paragraph(clean(text))
    for blank in letter.blanks:
        document.add_paragraph(f"\n{40 * '_'}\n{clean(blank)}")
    document.sections[0].footer.paragraphs[0].text = clean(f"{letter.foot} {letter.address}".strip())
    return as_bytes(document)
