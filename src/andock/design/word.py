"""Word files that an office can go on with: A4, a typeface everybody has, real styles, language and title said."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from andock.kernel.text import without_control_characters

if TYPE_CHECKING:
    from docx.document import Document as Word

FONT = "Arial"
"""Every office has it."""
SIZES = {"Normal": 11, "Title": 18, "Heading 1": 13, "Heading 2": 12}
LANGUAGES = {"de": "de-DE", "en": "en-GB"}


def new_document(*, title: str, author: str) -> Word:
    """An empty document on A4 in the reader's language; python-docx's template is American and names itself as the author."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2.7), Cm(2.5)
    _dress(document)
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LANGUAGES.get(language, LANGUAGES["de"]))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title)[:255], clean(author)[:255], ""
    properties.language = language
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)
    return document


def _dress(document: Word) -> None:
    """Our sizes, and headings in ink: blue means a link."""
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1D, 0x26, 0x2B)


def as_bytes(document: Word) -> bytes:
    """The file."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def clean(text: str) -> str:
    """XML refuses control characters."""
    return without_control_characters(text)
