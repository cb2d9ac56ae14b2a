"""One stylesheet request: the parts in css/ joined in the order of their names.

Parts stay small and readable in the source; the browser asks once. No build step, no generated file in the source tree.
"""

import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "css"
STYLESHEET = "design/andock.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_START = re.compile(r"\n\s+|\n{2,}")


def joined_stylesheet() -> str:
    """All parts in order, without comments and indentation."""
    text = "\n".join(part.read_text(encoding="utf-8") for part in sorted(SOURCES.glob("*.css")))
    return _LINE_START.sub("\n", _COMMENT.sub("", text)).strip() + "\n"


@cache
def _build() -> tempfile.TemporaryDirectory[str]:
    """Lives as long as the process and is removed with it."""
    return tempfile.TemporaryDirectory(prefix="andock-design-")


class StylesheetFinder(BaseFinder):
    """Offers `design/andock.css` to collectstatic and to the development server."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != STYLESHEET:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield STYLESHEET, FileSystemStorage(location=_build().name)

    def _write(self) -> Path:
        target = Path(_build().name) / STYLESHEET
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(joined_stylesheet(), encoding="utf-8")
        return target
