"""Hits as people read them: the words marked, a piece of the text around them, and what else could be meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from . import queries
from .source import kinds, names
from .words import spelled, stem, tokens, tongue

if TYPE_CHECKING:
    from .queries import Found, Hit, Shown

SNIPPET = 240
"""Signs of the piece that is shown of a text."""
LOOKED_AT = 20_000
"""Signs at the beginning of a text in which the words are looked for."""
BEFORE = 60
"""Signs shown before the first marked word, at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``is_marked`` where it is one of the words asked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A hit with everything a line of the list shows. ``pieces`` are of the text, ``title`` of the title.

    ``under`` says what and of where and when it is.
    ``foreign`` is the language of both where the page is in another.
    """

    url: str
    foreign: str
    under: Sequence[str]
    title: Sequence[Piece]
    pieces: Sequence[Piece]


def answers(found: Found, language: str) -> list[Answer]:
    """The hits of a page in order. A document that has gone in this very moment is left out."""
    documents = queries.documents([hit.document for hit in found.hits])
    wanted = frozenset(text for meaning in found.meanings for text in meaning.stems)
    places = names("places", {place for hit in found.hits for place in _places(hit)})
    return [
        _answer(hit, documents[hit.document], wanted, places, language)
        for hit in found.hits
        if hit.document in documents
    ]


def _places(hit: Hit) -> list[str]:
    return hit.places.split()


def _answer(hit: Hit, document: Shown, wanted: Collection[str], towns: Mapping[str, str], language: str) -> Answer:
    known = kinds()
    kind = [str(known[hit.kind].one)] if hit.kind in known else []
    own = tongue(document.language)
    return Answer(
        url=localised(document.url, language),
        foreign="" if own == tongue(language) else own,
        under=[*kind, *(towns[place] for place in _places(hit)), *([str(hit.year)] if hit.year else [])],
        title=list(marked(document.title, wanted, document.language)),
        pieces=snippet(document.text, wanted, document.language),
    )


def localised(url: str, language: str) -> str:
    """A path as readers of a language reach it."""
    return url if language == settings.LANGUAGE_CODE else f"/{language}{url}"


def marked(text: str, wanted: Collection[str], language: str) -> Iterator[Piece]:
    """The text in pieces, the wanted words marked."""
    text = spelled(text)
    place = 0
    for found in tokens(text):
        if stem(found.group(), language) in wanted:
            if found.start() > place:
                yield Piece(text[place : found.start()])
            yield Piece(found.group(), is_marked=True)
            place = found.end()
    if place < len(text):
        yield Piece(text[place:])


def snippet(text: str, wanted: Collection[str], language: str) -> list[Piece]:
    """Some lines of the text: those around most of the wanted words, else its beginning."""
    text = " ".join(spelled(text[:LOOKED_AT]).split())
    start, end = _window(text, wanted, language)
    pieces = list(marked(text[start:end], wanted, language))
    if start:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return pieces


def _window(text: str, wanted: Collection[str], language: str) -> tuple[int, int]:
    """Where the piece begins and ends, between words."""
    places = [found.start() for found in tokens(text) if stem(found.group(), language) in wanted]
    best = max(places, key=lambda place: (_within(place, places), -place), default=0)
    start = 0 if best <= BEFORE else text.rfind(" ", 0, best - BEFORE) + 1
    if start + SNIPPET >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start, start + SNIPPET), start + SNIPPET // 2)


def _within(place: int, places: Iterable[int]) -> int:
    return sum(place <= other < place + SNIPPET - BEFORE for other in places)


def suggestion(question: str, found: Found) -> str:
    """The question with the words that were guessed in place of those that stand nowhere; empty where nothing was."""
    guesses = {meaning.asked: meaning.guess for meaning in found.meanings if meaning.guess}
    text, place = "", 0
    question = spelled(question)
    for word in tokens(question) if guesses else ():
        if word.group() in guesses:
            text += question[place : word.start()] + guesses[word.group()]
            place = word.end()
    return text + question[place:] if guesses else ""
