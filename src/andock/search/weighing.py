"""How much a word weighs in a document: whole numbers only, so that every database ranks alike. Pure.

A word of the title counts more than one of the text, most in a short title; the second time a word stands there it says less
than the first, and in a long text less than in a short one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .words import stem, words

if TYPE_CHECKING:
    from .source import Entry

FULL = 1000
"""What a word that stood everywhere would weigh."""
TITLE, TITLE_SHARED = 6, 6
"""A word of the title counts as so many of the text, and its part of so many more that the words of the title share."""
ENOUGH = 8
"""More often than this says nothing more."""
HALF = 4
"""So many words of the text give half of the full weight in a short text …"""
LONG = 50
"""… and one more is needed for each so many words."""


def weights(entry: Entry) -> dict[str, int]:
    """The stems of a document with their weights, from 1 up."""
    title = stems(entry.title, entry.language)
    text = stems(entry.text, entry.language)
    counted = _counted(title, text, stems(entry.also, entry.language))
    needed = HALF + (len(title) + len(text)) // LONG
    return {found: max(1, FULL * count * entry.share // (100 * (count + needed))) for found, count in counted.items()}


def stems(text: str, language: str) -> list[str]:
    """The stems of a text's words in order, without those that say nothing."""
    return [found for word in words(text) if (found := stem(word, language))]


def _counted(title: list[str], text: Iterable[str], also: Iterable[str]) -> Mapping[str, int]:
    """How often a word stands in the document, a word of the title as several."""
    found: Counter[str] = Counter()
    for word, count in Counter(text).items():
        found[word] = min(count, ENOUGH)
    for word in set(also):
        found[word] += 1
    for word in set(title):
        found[word] += TITLE + TITLE_SHARED // len(title)
    return found
