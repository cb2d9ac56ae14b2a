"""Invented documents and questions to search with, the same for the same seed.

What is asked for is planted in the documents, so how many match is known; everything between is words that are drawn as
often as words of a language are: few all the time, most hardly ever.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from andock.search.source import Entry

DOCUMENTS, WORDS, TITLE = 100_000, 100, 4
VOCABULARY = 30_000
SHARES = {"rare": 0.003, "common": 0.03, "frequent": 0.25}
"""Which part of the documents a question matches, about; a third of the questions each."""
ALONE = 0.5
"""A word of two stands alone in half as many documents more."""
TIMES = (1, 1, 2, 3)
KINDS, TOWNS, TOPICS, YEARS = 8, 59, 9, range(2018, 2027)

FILLING = [
    a + b + c for a, b, c in product(("b", "d", "f", "g", "k", "l", "m", "p", "r", "st"), "aeiou", ("", "l", "n", "rt"))
]
ASKED = [a + b + c for a, b, c in product("vwz", "aiou", ("l", "n", "r"))]
"""Syllables of the words between, and of the words asked for: no stem of one is ever part of the other's."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and what documents hold for it: each inner tuple a word with those that stand for it."""

    third: str
    kind: str
    ask: str
    words: tuple[tuple[str, ...], ...]

    @property
    def share(self) -> float:
        return SHARES[self.third]

    def planted(self, chance: random.Random) -> Iterator[str]:
        """What this question leaves in one document: often nothing, else a word of each, some of them several times."""
        lot = chance.random()
        if lot < self.share:
            for word in self.words:
                yield from [chance.choice(word)] * chance.choice(TIMES)
        elif len(self.words) > 1 and lot < self.share * (1 + ALONE * len(self.words)):
            yield chance.choice(chance.choice(self.words))


SORTS = {"one word": 10, "two words": 6, "part of longer words": 2, "one wrong letter": 2}
"""How many of each sort a third has."""
LONGER = ("ober", "haupt", "sonder", "alt")


def questions() -> list[Question]:
    """Sixty, always the same."""
    chance = random.Random(1)  # noqa: S311  repeatable, not secret
    words = _words(ASKED, 3 * (sum(SORTS.values()) + SORTS["two words"]), chance, syllables=(3, 3))
    made = iter(words)
    return [
        _question(third, kind, next(made), made)
        for third in SHARES
        for kind, count in SORTS.items()
        for _one in range(count)
    ]


def _question(third: str, kind: str, word: str, others: Iterator[str]) -> Question:
    if kind == "two words":
        other = next(others)
        return Question(third, kind, f"{word} {other}", ((word,), (other,)))
    if kind == "part of longer words":
        return Question(third, kind, word, ((word, *(before + word for before in LONGER)),))
    return Question(third, kind, word[:4] + word[5:] if kind == "one wrong letter" else word, ((word,),))


def documents(number: int, seed: int = 1) -> Iterator[Entry]:
    """So many, one after the other."""
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    asked = questions()
    words = _words(FILLING, VOCABULARY, chance, syllables=(2, 4))
    often = list(accumulate(1 / (place + 10) for place in range(len(words))))
    for place in range(number):
        yield _document(place, _text(asked, words, often, chance), chance)


def _text(asked: Sequence[Question], words: Sequence[str], often: Sequence[float], chance: random.Random) -> list[str]:
    planted = [word for question in asked for word in question.planted(chance)]
    found = chance.choices(words, cum_weights=often, k=WORDS - len(planted))
    for word in planted:
        found.insert(chance.randrange(len(found) + 1), word)
    return found


def _document(place: int, words: Sequence[str], chance: random.Random) -> Entry:
    return Entry(
        key=str(place),
        kind=f"kind{chance.randrange(KINDS)}",
        url=f"/{place}/",
        title=" ".join(words[:TITLE]),
        text=" ".join(words[TITLE:]),
        places=(f"town{chance.randrange(TOWNS)}",),
        topics=tuple(f"topic{topic}" for topic in chance.sample(range(TOPICS), chance.choice((1, 1, 2)))),
        year=chance.choice(YEARS),
    )


def _words(parts: Sequence[str], number: int, chance: random.Random, *, syllables: tuple[int, int]) -> list[str]:
    """So many different ones, in the order they were drawn."""
    found: dict[str, None] = {}
    while len(found) < number:
        found["".join(chance.choices(parts, k=chance.randint(*syllables)))] = None
    return list(found)
