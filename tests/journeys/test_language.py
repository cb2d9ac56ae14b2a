"""German pages speak German: no sentence of the interface is left in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.journeys.pages import EDITOR, ELSEWHERE, PUBLIC, SECOND_FACTOR, SIGNED_IN, State
from tests.journeys.server import ROOT
from tests.journeys.watching import look

ENGLISH = re.compile(r"\b(the|and|your|you|with|please|this|that|from|has|have|are|is|not|of|to)\b", re.IGNORECASE)
ENOUGH = 2  # a single such word may be a name: “Smart and Local”
GERMAN = [state for state in (*PUBLIC, *SIGNED_IN, *SECOND_FACTOR, *ELSEWHERE, *EDITOR) if state.name != "style"]


@pytest.fixture(scope="session")
def untranslated() -> set[str]:
    """English messages of the interface that read differently in German."""
    found = set()
    for path in Path(ROOT / "src").rglob("locale/de/LC_MESSAGES/django.po"):
        for message in read_po(path.read_bytes().splitlines(keepends=True), locale="de"):
            if isinstance(message.id, str) and message.id and message.string and message.id != message.string:
                found.add(" ".join(message.id.split()))
    assert found
    return found


@pytest.mark.parametrize("state", GERMAN, ids=lambda state: state.name)
def test_german_page_has_no_english_left(state: State, open_page, places, stage, untranslated) -> None:
    page = open_page(state.person)
    state.at(places).open(page)
    texts = look(page, "texts")
    left = [text for text in texts if text in untranslated or len(ENGLISH.findall(text)) >= ENOUGH]
    assert not left
