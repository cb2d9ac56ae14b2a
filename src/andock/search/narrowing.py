"""The facets beside the hits, as links. Their keys are German: they stand in addresses that people share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from andock.kernel.text import one_line

from .queries import LONGEST_QUESTION, Facets
from .source import kinds, names

if TYPE_CHECKING:
    from .queries import Found

KEYS = {"kind": "art", "place": "kommune", "topic": "thema", "year": "jahr"}
SHOWN = 8
"""Choices of a facet that are shown at once; the others are unfolded."""
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Request:
    """What the address of a page of hits asks for. ``is_cut``: the question was longer than is looked at."""

    question: str
    facets: Facets
    page: str = ""
    is_cut: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Request:
        """Anything that makes no sense is left out; a link never breaks."""
        question = one_line(given.get("q", "")[: 2 * LONGEST_QUESTION])
        year = given.get("jahr", "")
        return cls(
            question=question[:LONGEST_QUESTION].strip(),
            facets=Facets(
                kind=_key(given.get("art", "")),
                place=_key(given.get("kommune", "")),
                topic=_key(given.get("thema", "")),
                year=int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else 0,  # noqa: PLR2004
            ),
            page=given.get("seite", ""),
            is_cut=len(question) > LONGEST_QUESTION or "gekuerzt" in given,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The facets that are chosen, by their keys in the address."""
        values = {KEYS[facet]: str(getattr(self.facets, facet) or "") for facet in KEYS}
        return {key: value for key, value in values.items() if value}

    def query(self, *, question: str | None = None, **changed: str) -> str:
        """The query of an address with other facets; those changed to nothing fall away. Always the first page."""
        values = {"q": self.question if question is None else question} | self.chosen | changed
        return urlencode({key: value for key, value in values.items() if value})


def _key(text: str) -> str:
    return one_line(text[:LONGEST_KEY])


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; ``count`` is None where there are more hits than are counted."""

    label: str
    query: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: either what is chosen, with the way to take it away, or what can be chosen."""

    key: str
    title: str
    chosen: Choice | None
    choices: Sequence[Choice]

    @property
    def first(self) -> Sequence[Choice]:
        return self.choices[:SHOWN]

    @property
    def others(self) -> Sequence[Choice]:
        return self.choices[SHOWN:]


def facets(asked: Request, found: Found) -> list[Facet]:
    """The facets that narrow the hits, or are chosen."""
    titles = {"kind": _("Kind"), "place": _("Municipality"), "topic": _("Topic"), "year": _("Year")}
    made = (_facet(asked, found, facet, title) for facet, title in titles.items())
    return [facet for facet in made if facet.chosen or len(facet.choices) > 1]


def described(asked: Request) -> str:
    """A question in a line: its words, and what it is narrowed to."""
    chosen = {facet: asked.chosen[key] for facet, key in KEYS.items() if key in asked.chosen}
    return ", ".join([f"„{asked.question}“", *(_words(facet, [value])[value] for facet, value in chosen.items())])


def _facet(asked: Request, found: Found, facet: str, title: str) -> Facet:
    key = KEYS[facet]
    chosen = asked.chosen.get(key, "")
    counts = dict(found.facets.get(facet, {}))
    words = _words(facet, [*counts, *([chosen] if chosen else [])])
    if chosen:
        return Facet(key, title, Choice(words[chosen], asked.query(**{key: ""})), ())
    return Facet(key, title, None, list(_choices(asked, found, facet, counts, words)))


def _choices(
    asked: Request, found: Found, facet: str, counts: Mapping[str, int], words: Mapping[str, str]
) -> Iterator[Choice]:
    """The most frequent first; years from the newest."""
    values = sorted(counts, reverse=True) if facet == "year" else list(counts)
    for value in values:
        query = asked.query(**{KEYS[facet]: value})
        yield Choice(words[value], query, None if found.is_more else counts[value])


def _words(facet: str, keys: Sequence[str]) -> dict[str, str]:
    if facet == "kind":
        known = kinds()
        return {key: str(known[key].several) if key in known else key for key in keys}
    if facet == "year":
        return {key: key for key in keys}
    return names(f"{facet}s", keys) if keys else {}
