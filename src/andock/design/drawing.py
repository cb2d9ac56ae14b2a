"""Tagged PDF (PDF/UA-1), drawn by typst from a template and plain content; kept on disk by what decides how it looks.

A template lies in the folder ``typst`` of its app and may import ``/design/typst/house.typ``. Its content comes as one
JSON text, so that nothing people wrote is ever read as markup.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language

from andock.kernel.text import without_control_characters

PACKAGE = Path(__file__).parents[1]
HOUSE = Path(__file__).parent / "typst" / "house.typ"
FONTS = Path(__file__).parent / "fonts"
STRANGE = "\ufffd"
"""What stands for a sign we cannot draw; it can be drawn itself."""
MOST_STRANGE = 20
"""So many different ones are looked for one by one; beyond that every script of the far east and every emoji goes."""
ASIAN = "\u2e80"
NOT_DRAWN = re.compile(r'the text `"(.+?)"` could not be displayed|the disallowed codepoint `"(.+?)"`')
UNICODE = re.compile(r"\\u\{([0-9a-f]+)\}")
KEPT = 60
"""How many drawn files stay on disk; the oldest go first."""


class DrawingFailed(RuntimeError):
    """typst drew the document but warned; the sentence says what would be wrong in the PDF."""


def drawn(template: Path, content: dict[str, Any], *, keep: bool = False) -> bytes:
    """The document in our typeface and the reader's language; ``keep`` what everybody may read and never changes."""
    data = json.dumps(_clean(_frame() | content), ensure_ascii=False)
    path = _path(template, data)
    if keep and path.exists():
        return path.read_bytes()
    made = _draw_all(template, data)
    if keep:
        _keep(path, made)
    return made


def _draw_all(template: Path, data: str) -> bytes:
    """A sign that no typeface here has, such as an emoji, is drawn as ``STRANGE`` and does not cost the document.

    One that is not to be seen and that PDF/UA forbids, such as the mark before a text of Windows, goes.
    """
    for _sign in range(MOST_STRANGE):
        try:
            return draw(template, data)
        except typst.TypstError as error:
            found = NOT_DRAWN.search(str(error))
            named = (found[1] or found[2]) if found else ""
            sign = json.loads(f'"{UNICODE.sub(_as_json, named)}"')
            if not sign or sign not in data:
                raise
            data = data.replace(sign, STRANGE if sign.isprintable() else "")
    return draw(template, "".join(STRANGE if sign >= ASIAN else sign for sign in data))


def _as_json(escaped: re.Match[str]) -> str:
    """A sign that typst names by its number, named as JSON does."""
    return json.dumps(chr(int(escaped[1], 16)))[1:-1]


def draw(template: Path, data: str) -> bytes:
    """Let typst draw. Raises ``DrawingFailed`` on a warning and ``typst.TypstError`` on what PDF/UA forbids."""
    made, warnings = typst.compile_with_warnings(
        str(template),
        root=str(PACKAGE),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    if warnings:
        raise DrawingFailed("; ".join(warning.message for warning in warnings))
    return bytes(made)


def _frame() -> dict[str, Any]:
    return {
        "font": ["Fira Sans"] if any(FONTS.glob("*.ttf")) else ["Libertinus Serif"],
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
    }


def _path(template: Path, data: str) -> Path:
    """Where a drawn file is kept: named by everything that decides how it looks."""
    key = hashlib.sha256(data.encode() + template.read_bytes() + HOUSE.read_bytes()).hexdigest()
    return Path(settings.ANDOCK_DATA) / "cache" / "pdf" / f"{key}.pdf"


def _keep(path: Path, made: bytes) -> None:
    """Write so that no other process ever sees half a file, then drop the oldest beyond ``KEPT``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(made)
    Path(file.name).replace(path)
    files = sorted(path.parent.glob("*.pdf"), key=lambda found: found.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)


def _clean(value: Any) -> Any:
    """Everything without control characters, which no PDF reader shows; a tabulator is a blank."""
    if isinstance(value, str):
        return without_control_characters(value).replace("\t", " ")
    if isinstance(value, dict):
        return {key: _clean(entry) for key, entry in value.items()}
    return [_clean(entry) for entry in value] if isinstance(value, list | tuple) else value
