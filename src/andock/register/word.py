"""A letter as Word file, so that an administration can put it on its own paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from andock.kernel.text import without_control_characters

if TYPE_CHECKING:
    from docx.document import Document as Word

    from .letters import Letter

FONT = "Arial"
"""Every office has it."""


def as_docx(letter: Letter) -> bytes:
    """The letter with real headings and lists, on A4, in the language it is written in."""
    document = Document()
    _set_up(document, letter)
    for line in (letter.sender, "", *letter.recipient, "", letter.date):
        document.add_paragraph(_clean(line))
    document.add_heading(_clean(letter.subject), level=1)
    for text in letter.paragraphs:
        document.add_paragraph(_clean(text))
    if letter.points:
        document.add_paragraph(_clean(letter.points_title))
    for point in letter.points:
        document.add_paragraph(_clean(point), style="List Bullet")
    for text in letter.closing:
        document.add_paragraph(_clean(text))
    for blank in letter.blanks:
        document.add_paragraph(f"\n{40 * '_'}\n{_clean(blank)}")
    document.sections[0].footer.paragraphs[0].text = _clean(f"{letter.foot} {letter.address}".strip())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Word, letter: Letter) -> None:
    """Paper, typeface, language and properties; python-docx's template is American and names itself as the author."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2.7), Cm(2.5)
    language = get_language() or settings.LANGUAGE_CODE
    for name, size in (("Normal", 11), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), {"de": "de-DE", "en": "en-GB"}[language.split("-")[0]])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(letter.subject)[:255], _clean(letter.sender)[:255], ""  # fmt: skip
    properties.language = language.split("-")[0]
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)


def _clean(text: str) -> str:
    """XML refuses control characters."""
    return without_control_characters(text)
