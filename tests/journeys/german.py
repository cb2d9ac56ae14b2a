"""German pages speak German: no sentence of the interface is left in English."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from tests.journeys.server import ROOT

ENGLISH = re.compile(r"\b(the|and|your|you|with|please|this|that|from|has|have|are|is|not|of|to)\b", re.IGNORECASE)
ENOUGH = 2  # a single such word may be a name: “Smart and Local”
BOTH_LANGUAGES = {"style"}
"""States whose page is in English on purpose: components with their names."""


def untranslated() -> set[str]:
    """English messages of the interface that read differently in German, wherever they stand: “Version” is both."""
    other, same = set(), set()
    for path in Path(ROOT / "src").rglob("locale/de/LC_MESSAGES/django.po"):
        for message in read_po(path.read_bytes().splitlines(keepends=True), locale="de"):
            if isinstance(message.id, str) and message.id and message.string:
                (same if message.id == message.string else other).add(" ".join(message.id.split()))
    assert other
    return other - same


def english_left(texts: list[str], english: set[str]) -> list[str]:
    """The texts of a German page that are one of the ``english`` messages, or read like English."""
    left = (text for text in texts if text in english or len(ENGLISH.findall(text)) >= ENOUGH)
    return [f"left in English: {text}" for text in left]
