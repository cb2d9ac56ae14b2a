"""Reading a Word document (.docx): headings, paragraphs, lists and tables as an outline in plain text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

import docx
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_TEXT = 20 * 1024 * 1024
"""Of all parts that are read as XML together; a thick strategy has one or two in its text."""
MOST_PARTS = 5_000
LOCKED = b"\xd0\xcf\x11\xe0"
"""How a file begins that Word has encrypted, and one of Word before 2007."""
NAMED = re.compile(r"^heading (\d)$", re.IGNORECASE)
MARKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

REASONS = {
    "locked": _("This document is locked with a password, or of Word before 2007. Save it in Word as .docx without password."),
    "other": _("This is not a Word document (.docx), whatever its name says. Save it in Word as .docx, or paste the text."),
    "bomb": _("This document unpacks to far more than a text can have. Remove the pictures in Word, or paste the text."),
    "broken": _("This document is damaged and cannot be opened. Save it once more in Word, or paste the text."),
    "flat": _("No headings were found in this document. Mark them in Word with the styles Heading 1, 2, 3, or paste the text: then we look for numbers and short lines."),
}  # fmt: skip


def read_word(file: UploadedFile) -> str:
    """The outline of a document, ``#`` before each heading. Raises ``ValidationError`` with a sentence that helps."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %s. Remove the pictures in Word, or paste the text.") % filesizeformat(MOST_BYTES))  # fmt: skip
    _refuse_unfit(file)
    file.seek(0)
    try:
        document = docx.Document(file)
        parts = list(_outline(document))
    except ValidationError:
        raise
    except Exception as error:  # the parsers below raise whatever they like over a torn file
        raise ValidationError(REASONS["broken"]) from error
    if not any(part.startswith("#") for part in parts):
        raise ValidationError(REASONS["flat"])
    return "\n\n".join(parts)


def _refuse_unfit(file: IO[bytes]) -> None:
    """Not a document by content, encrypted, or one that swells when it is unpacked. Raises ``ValidationError``."""
    file.seek(0)
    if file.read(len(LOCKED)) == LOCKED:
        raise ValidationError(REASONS["locked"])
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            infos = {info.filename: info for info in packed.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValidationError(REASONS["other"]) from error
    if "word/document.xml" not in infos or "[Content_Types].xml" not in infos:
        raise ValidationError(REASONS["other"])
    if any(info.flag_bits & 1 for info in infos.values()):
        raise ValidationError(REASONS["locked"])
    unpacked = sum(info.file_size for info in infos.values())
    text = sum(info.file_size for name, info in infos.items() if name.endswith((".xml", ".rels")))
    if unpacked > MOST_UNPACKED or text > MOST_TEXT or len(infos) > MOST_PARTS:
        raise ValidationError(REASONS["bomb"])


# --- the text --------------------------------------------------------------------------------------------------------
def _outline(document: Any) -> Iterator[str]:
    """One part per heading, paragraph, list or table; items of a list come together."""
    styles = {style.style_id: style.element for style in document.styles}
    items: list[str] = []
    for node in document.element.body.iter(qn("w:p"), qn("w:tbl")):
        if next(node.iterancestors(qn("w:tbl"), FALLBACK), None) is not None:
            continue
        kind, text = _part(node, styles)
        if kind == "item" and text:
            items.append("- " + text.replace("\n", " "))
            continue
        if items:
            yield "\n".join(items)
            items = []
        if text:
            yield text
    if items:
        yield "\n".join(items)


def _part(node: Any, styles: Mapping[str, Any]) -> tuple[str, str]:
    if node.tag == qn("w:tbl"):
        return "table", _table(node)
    text = _text(node)
    chain = list(_style_chain(node, styles))
    if any(_name(style).startswith("toc") for style in chain):
        return "contents", ""
    if level := _level(node, chain):
        title = " ".join(text.split())
        return "heading", f"{'#' * min(level, 6)} {title}" if title else ""
    return ("item" if _is_item(node, chain) else "paragraph"), text


def _text(paragraph: Any) -> str:
    """What stands in a paragraph itself with all tracked insertions; deletions are of another kind and stay out.

    A text box is a paragraph inside of one, and read by itself.
    """
    found = (
        one
        for one in paragraph.iter(qn("w:t"), *MARKS)
        if _nearest(one, "w:p") is paragraph and next(one.iterancestors(FALLBACK, qn("w:pPr")), None) is None
    )
    return "".join(MARKS.get(one.tag) or one.text or "" for one in found).strip()


def _table(table: Any) -> str:
    """Row by row; what is a table inside a cell is text of that cell."""
    rows = (row for row in table.iter(qn("w:tr")) if _nearest(row, "w:tbl") is table)
    lines = ([_cell(cell) for cell in row.iter(qn("w:tc")) if _nearest(cell, "w:tr") is row] for row in rows)
    return "\n".join(" | ".join(line) for line in lines if any(line))


def _cell(cell: Any) -> str:
    words = [word for paragraph in cell.iter(qn("w:p")) for word in _text(paragraph).split()]
    return " ".join(words).replace("|", "/")


def _nearest(node: Any, tag: str) -> Any:
    return next(node.iterancestors(qn(tag)), None)


def _style_chain(node: Any, styles: Mapping[str, Any]) -> Iterator[Any]:
    """The style of a paragraph and those it is based on."""
    found = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    seen: set[str] = set()
    while found is not None and (name := found.get(qn("w:val"))) in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        found = styles[name].find(qn("w:basedOn"))


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return str(name.get(qn("w:val"), "")).lower() if name is not None else ""


def _level(node: Any, chain: list[Any]) -> int:
    """The level of a heading from 1: by its outline level or the name of a style; 0 for other paragraphs."""
    for place in (node, *chain):
        outline = place.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            level = int(outline.get(qn("w:val"), "9")) + 1
            return level if level <= 9 else 0  # noqa: PLR2004  level 10 is Word's "body text"
        if place is not node and (match := NAMED.match(_name(place))):
            return int(match[1])
    return 0


def _is_item(node: Any, chain: list[Any]) -> bool:
    for place in (node, *chain):
        numbering = place.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if numbering is not None:
            return str(numbering.get(qn("w:val"))) != "0"
    return any(_name(style).startswith("list") and "paragraph" not in _name(style) for style in chain)
