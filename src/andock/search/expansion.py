"""What a question may mean: its words, and the words of the documents that stand for them.

A word stands for itself in every form (its stem) and for longer words that hold it: "Plattform" for "Datenplattform",
which counts less. A word that no document has stands for those that differ from it in one letter, and for the two words
it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from .models import Posting, Shortening, Term, Word
from .statements import CANDIDATES, IN_DOCUMENTS, TERM_IDS, TERMS, begins, marks, rows
from .words import can_be_guessed, folded, is_one_letter_off, shortened, stem, stem_within, words

if TYPE_CHECKING:
    from django.db.models import QuerySet

EXACT, SPLIT, MISTYPED, ENDS, BEGINS = 100, 80, 70, 45, 30
"""How well a word stands for the one asked for, in hundredths."""
MOST_WORDS = 8
"""More words of a question than these are not looked at."""
MOST_MEANINGS = 40
"""So many words stand for one that is asked for."""
LONGEST_SPLIT = 40
SHORTEST_PART, SHORTEST_REST = 4, 3
"""Letters of a word that is looked for in longer ones, and of what the longer ones have beside it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of a question and what stands for it: ``terms`` with how well, and their ``stems`` to be marked in texts.

    ``guess`` is what was probably meant where the word stands nowhere, not even within a longer one.
    """

    asked: str
    terms: Mapping[int, int] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    guess: str = ""

    @property
    def is_known(self) -> bool:
        """Whether some document has the word itself."""
        return EXACT in self.terms.values()


@dataclass(frozen=True, slots=True)
class Known:
    """A stem of the vocabulary, and where it matters how it is written in texts."""

    pk: int
    language: str
    text: str
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a question with its stems by language: of its own, and as the end of a longer word."""

    word: str
    stems: Mapping[str, str]
    ends: Mapping[str, str]

    @classmethod
    def of(cls, word: str, languages: Iterable[str]) -> Asked:
        own = {language: stem(word, language) for language in languages}
        return cls(word, own, {language: stem_within(word, language) for language, text in own.items() if text})

    def means(self, known: Known) -> bool:
        return self.stems.get(known.language) == known.text

    def is_held_by(self, known: Known) -> int:
        """How well a longer word stands for this one as a part of it; 0 where it does not."""
        beginning, ends = self.stems.get(known.language, ""), self.endings(known.language)
        if any(known.text.endswith(end) and len(known.text) - len(end) >= SHORTEST_REST for end in ends):
            return ENDS
        is_long = len(beginning) >= SHORTEST_PART and len(known.text) - len(beginning) >= SHORTEST_REST
        return BEGINS if is_long and known.text.startswith(beginning) else 0

    def endings(self, language: str) -> set[str]:
        texts = {self.stems.get(language, ""), self.ends.get(language, "")}
        return {text for text in texts if len(text) >= SHORTEST_PART}

    def is_near(self, known: Known) -> bool:
        """Whether it differs by one letter, as a stem or as it is written."""
        return is_one_letter_off(self.stems.get(known.language, ""), known.text) or bool(self.nearest(known))

    def nearest(self, known: Known) -> list[str]:
        """How the known word is written where only one letter is different."""
        plain = folded(self.word)
        return [text for text in known.written if is_one_letter_off(plain, folded(text))]


class Vocabulary:
    """The words of the documents in some languages, the reader's own first."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages

    def meanings(self, question: str) -> list[Meaning]:
        """What each word of a question may mean, in order; words that say nothing are left out."""
        asked = self._asked(question)
        if not asked:
            return []
        known = self._known(asked)
        found = [_meaning(one, known) for one in asked]
        return found if all(meaning.is_known for meaning in found) else self._guessed(asked, found)

    def _asked(self, question: str) -> list[Asked]:
        """The words of a question, each once."""
        found: dict[str, Asked] = {}
        for word in words(question):
            own = stem(word, self.languages[0])
            if own and own not in found and len(found) < MOST_WORDS:
                found[own] = Asked.of(word, self.languages)
        return list(found.values())

    def _known(self, asked: Iterable[Asked], *, parts: bool = True) -> list[Known]:
        """The terms that are these words, or begin or end with them, of those that stand in a document."""
        texts = sorted({text for one in asked for text in one.stems.values() if text})
        conditions, values = [f"t.text IN ({marks(len(texts))})"], [*texts]
        for column, text in sorted(self._held(asked)) if parts else ():
            condition, more = begins(column, text)
            conditions.append(condition)
            values += more
        # Each by its index; joined by OR, SQLite would read every term there is.
        held = " UNION ".join(f"{TERM_IDS} {condition}" for condition in conditions)
        statement = f"{TERMS} ({marks(len(self.languages))}) AND t.id IN ({held}) {IN_DOCUMENTS}"
        found = rows(statement, [*self.languages, *values])
        return [Known(*row) for row in found]

    def _held(self, asked: Iterable[Asked]) -> Iterator[tuple[str, str]]:
        """The beginnings of words, and of words written backwards, that hold these."""
        for one in asked:
            for language in self.languages:
                if len(text := one.stems[language]) >= SHORTEST_PART:
                    yield "t.text", text
                yield from (("t.reversed", end[::-1]) for end in one.endings(language))

    # --- guessing -----------------------------------------------------------------------------------------------------
    def _guessed(self, asked: Sequence[Asked], found: Sequence[Meaning]) -> list[Meaning]:
        """With a guess for each word that no document has."""
        near = self._mistyped([one for one, meaning in zip(asked, found, strict=True) if not meaning.is_known])
        guessed = [
            meaning if meaning.is_known else _with_guesses(one, meaning, near)
            for one, meaning in zip(asked, found, strict=True)
        ]
        pairs = self._split([meaning.asked for meaning in guessed if not meaning.terms])
        return [part for meaning in guessed for part in pairs.get(meaning.asked, (meaning,))]

    def _mistyped(self, asked: Iterable[Asked]) -> list[Known]:
        """The terms that share a shortening with any of the words; not all are one letter off."""
        texts = {text for one in asked for text in (folded(one.word), *one.stems.values()) if can_be_guessed(text)}
        if not texts:
            return []
        numbers = {number for text in texts for number in shortened(text)}
        shared = Shortening.objects.filter(number__in=numbers).values("term")
        return _with_spellings(Term.objects.filter(language__in=self.languages, pk__in=shared))

    def _split(self, lost: Iterable[str]) -> dict[str, tuple[Meaning, Meaning]]:
        """For words made of two that documents have: both. The longest second word decides."""
        cuts = {
            word: [
                (Asked.of(word[:place], self.languages), Asked.of(word[place:], self.languages))
                for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            ]
            for word in lost
            if len(word) <= LONGEST_SPLIT
        }
        halves = [half for pairs in cuts.values() for pair in pairs for half in pair]
        known = self._known(halves, parts=False) if halves else []
        found: dict[str, tuple[Meaning, Meaning]] = {}
        for word, pairs in cuts.items():
            for pair in pairs:
                one, other = (replace(_meaning(half, known, SPLIT), asked=word) for half in pair)
                if one.terms and other.terms:
                    found.setdefault(word, (one, other))
        return found


def _with_spellings(terms: QuerySet[Term]) -> list[Known]:
    """Those that stand in a document, with how each is written there."""
    there = terms.filter(Exists(Posting.objects.filter(term=OuterRef("pk"))))
    found = list(there.order_by("pk").values_list("pk", "language", "text")[:CANDIDATES])
    written: dict[int, set[str]] = {row[0]: set() for row in found}
    for pk, text in Word.objects.filter(term__in=written).values_list("term", "text"):
        written[pk].add(text)
    return [Known(*row, frozenset(written[row[0]])) for row in found]


def _meaning(asked: Asked, known: Iterable[Known], quality: int = EXACT) -> Meaning:
    """The best of the terms that are a word, or hold it."""
    rated = [(quality if asked.means(one) else asked.is_held_by(one), one) for one in known]
    best = sorted((one for one in rated if one[0]), key=lambda one: (-one[0], len(one[1].text), one[1].text))
    kept = best[:MOST_MEANINGS]
    return Meaning(asked.word, {one.pk: rate for rate, one in kept}, frozenset(one.text for _rate, one in kept))


def _with_guesses(asked: Asked, meaning: Meaning, near: Iterable[Known]) -> Meaning:
    found = [known for known in near if asked.is_near(known)]
    if not found:
        return meaning
    spellings = [text for known in found for text in asked.nearest(known)] or [
        text for known in found for text in known.written
    ]
    return replace(
        meaning,
        terms={known.pk: MISTYPED for known in found} | dict(meaning.terms),
        stems=meaning.stems | {known.text for known in found},
        guess="" if meaning.terms else min(spellings, key=_plainness, default=""),
    )


def _plainness(text: str) -> tuple[bool, int, str]:
    """By which of several spellings is shown: a noun rather than a verb, the shortest, the first of the alphabet."""
    return not text[:1].isupper(), len(text), text
