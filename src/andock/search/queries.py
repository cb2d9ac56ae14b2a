"""Asking the index. What is asked is neither kept nor logged, and nobody's name stands beside it.

Only what everybody may read is indexed (decision 14), so everybody finds the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Q

from .choices import Visibility
from .expansion import Meaning, Vocabulary
from .models import Document
from .statements import (
    BEST_FIRST,
    COUNTED,
    COUNTS,
    FILINGS,
    HEAVIEST_FIRST,
    ONE_TERM,
    ONE_WORD,
    SEVERAL_TERMS,
    SEVERAL_WORDS,
    SHOWN,
    WORD_WEIGHS,
    marks,
    rows,
)  # fmt: skip

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User

LONGEST_QUESTION = 200
"""Signs of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What the hits are narrowed to; the empty value is everything."""

    kind: str = ""
    place: str = ""
    topic: str = ""
    year: int = 0


class Hit(NamedTuple):
    """A document that fits, without its text: by how much, and where it is filed."""

    document: int
    score: int
    kind: str
    places: str
    topics: str
    year: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the hits of one page in order, how many there are in all, and how many of each facet.

    ``total`` ends at ``COUNTED``; then ``is_more`` is true and the facets count the best of them only. ``some_words``: no
    document has all words, so these have most of them. ``missing`` are words of the question that stand nowhere.
    """

    hits: Sequence[Hit] = ()
    total: int = 0
    is_more: bool = False
    some_words: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    meanings: Sequence[Meaning] = ()
    missing: Sequence[str] = ()


def find(
    question: str,
    *,
    person: User | AnonymousUser | None = None,
    language: str = settings.LANGUAGE_CODE,
    facets: Facets | None = None,
    first: int = 0,
    count: int = 20,
    among: Sequence[int] = (),
) -> Found:
    """The documents that have all words of a question, the best first; where none has, those that have most of them.

    ``count`` of them from ``first`` on; behind the last, the last page.
    Readers of another language than German find what is written in theirs, and what is written in German and not in theirs.
    Only documents ``among`` these are looked at, where some are named.
    """
    meanings = Vocabulary(languages_for(language)).meanings(question[:LONGEST_QUESTION])
    known = [meaning for meaning in meanings if meaning.terms]
    missing = [meaning.asked for meaning in meanings if not meaning.terms]
    if not known:
        return Found(meanings=meanings, missing=missing)
    asking = Asking(known, visible_to(person), language, facets or Facets(), among=among)
    best = asking.best(len(known))
    some_words = not best and len(known) > 1
    if some_words:
        best = _with_most_words(asking.weighed().best(1))
    counted = best[:COUNTED]
    first = max(min(first, (len(counted) - 1) // count * count), 0)
    return Found(
        hits=counted[first : first + count],
        total=len(counted),
        is_more=len(best) > COUNTED,
        some_words=some_words,
        facets=_counted(counted),
        meanings=meanings,
        missing=missing,
    )


def _with_most_words(best: list[Hit]) -> list[Hit]:
    """Those that have as many of the words as the first."""
    least = best[0].score // WORD_WEIGHS * WORD_WEIGHS if best else 0
    return [hit for hit in best if hit.score >= least]


def visible_to(person: User | AnonymousUser | None) -> tuple[Visibility, ...]:
    """Which documents a person may find: those that everybody may, whoever asks."""
    return (Visibility.PUBLIC,)


def languages_for(language: str) -> tuple[str, ...]:
    """The languages a reader finds documents in, their own first."""
    return tuple(dict.fromkeys((language, settings.LANGUAGE_CODE)))


class Shown(NamedTuple):
    """What a line of the list shows of a document."""

    url: str
    language: str
    title: str
    text: str


def documents(ids: Sequence[int]) -> dict[int, Shown]:
    """The documents with their texts, by id."""
    found = rows(f"{SHOWN} ({marks(len(ids))})", ids) if ids else ()
    return {pk: Shown(*values) for pk, *values in found}


def shown_documents(
    keys: Mapping[str, Collection[str]], *, person: User | AnonymousUser | None = None, language: str
) -> list[Document]:
    """What readers of a language are shown of these things, named by source, with where it is filed."""
    named = [Q(source=source, key__in=list(found)) for source, found in keys.items()]
    if not named:
        return []
    found = Document.objects.filter(
        reduce(or_, named), language__in=languages_for(language), filing__visibility__in=visible_to(person)
    )
    return list(found.exclude(filing__elsewhere__contains=f" {language} ").select_related("filing").order_by("pk"))


def keys_beginning(source: str, beginning: str) -> list[str]:
    """The keys of a source's documents that begin so."""
    found = Document.objects.filter(source=source, key__startswith=beginning)
    return list(found.order_by("key").values_list("key", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as the database is asked it. ``rarity`` says by how much each word counts more than a common one."""

    meanings: Sequence[Meaning]
    visibilities: Sequence[int]
    language: str
    facets: Facets
    rarity: Mapping[int, int] = field(default_factory=dict)
    among: Sequence[int] = ()

    def best(self, needed: int) -> list[Hit]:
        """All that have so many of the words, the best first, up to one more than counted."""
        narrowed, more = self._narrowed()
        if len(self.meanings) == len(self.meanings[0].terms) == 1:
            [(term, quality)] = self.meanings[0].terms.items()
            return _hits(f"{ONE_TERM} {narrowed} {HEAVIEST_FIRST}", [quality, term, *more])
        hits, values = self._scored(needed)
        return _hits(f"WITH {hits} {FILINGS} {narrowed} {BEST_FIRST}", [*values, *more])

    def weighed(self) -> Asking:
        """The same question, each word counted by how rare it is."""
        asked, values = self._asked()
        counts = dict(rows(f"WITH {asked} {COUNTS}", values))
        total = sum(counts.values())
        rarity = {word: (total // count).bit_length() for word, count in counts.items()}
        return replace(self, rarity=rarity)

    def _scored(self, needed: int) -> tuple[str, list[int]]:
        """The table of documents with their scores: of each word the best term counts, and the words together."""
        asked, values = self._asked()
        if len(self.meanings) == 1:
            return f"{asked}, {ONE_WORD}", values
        is_plain = all(len(meaning.terms) == 1 for meaning in self.meanings)
        return f"{asked}, {SEVERAL_TERMS if is_plain else SEVERAL_WORDS}", [*values, needed]

    def _asked(self) -> tuple[str, list[int]]:
        """The table of terms asked for: which word they stand for, and by how much they count."""
        lines = [
            (term, word, quality * self.rarity.get(word, 1))
            for word, meaning in enumerate(self.meanings)
            for term, quality in meaning.terms.items()
        ]
        places = ", ".join(["(%s, %s, %s)"] * len(lines))
        return f"asked (term_id, word, factor) AS (VALUES {places})", [value for line in lines for value in line]

    def _narrowed(self) -> tuple[str, list[Any]]:
        """The conditions on where a document is filed."""
        conditions: list[tuple[str, list[Any]]] = [
            (f"f.visibility IN ({marks(len(self.visibilities))})", list(self.visibilities)),
            ("f.elsewhere NOT LIKE %s", [f"% {self.language} %"]),
        ]
        if self.among:
            conditions.append((f"f.document_id IN ({marks(len(self.among))})", list(self.among)))
        if self.facets.kind:
            conditions.append(("f.kind = %s", [self.facets.kind]))
        if self.facets.place:
            conditions.append(("f.places LIKE %s", [f"% {_plain(self.facets.place)} %"]))
        if self.facets.topic:
            conditions.append(("f.topics LIKE %s", [f"% {_plain(self.facets.topic)} %"]))
        if self.facets.year:
            conditions.append(("f.year = %s", [self.facets.year]))
        return " AND ".join(text for text, _values in conditions), [
            value for _text, found in conditions for value in found
        ]


def _plain(key: str) -> str:
    """A key as it can be asked for: letters, digits and hyphens; anything else is nobody's key."""
    return "".join(char for char in key if char.isalnum() or char == "-")


def _hits(statement: str, values: Sequence[Any]) -> list[Hit]:
    return list(map(Hit._make, rows(statement, values)))


def _counted(hits: Sequence[Hit]) -> dict[str, dict[str, int]]:
    """How many hits have each value of each facet, the most frequent first. A page waits for it, so values are split all at once."""
    values = {
        "kind": [hit.kind for hit in hits],
        "place": " ".join([hit.places for hit in hits]).split(),
        "topic": " ".join([hit.topics for hit in hits]).split(),
        "year": [str(hit.year) for hit in hits if hit.year],
    }
    counts = {facet: Counter(found) for facet, found in values.items()}
    return {facet: dict(sorted(found.items(), key=lambda one: (-one[1], one[0]))) for facet, found in counts.items()}
