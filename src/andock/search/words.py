"""Words as the index knows them: cut out of a text, reduced to their stems, umlauts written either way. Pure.

Stems are those of Snowball (snowballstemmer, BSD). Its German one reads "ae" as "ä", "ss" as "ß" and so on, and gives
stems without umlauts: so "Straßenbäume", "Strassenbaeume" and "Straßenbaum" are one word here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from andock.kernel.text import SOFT_HYPHEN

LONGEST = 60
"""Signs of the longest word that is kept; what is longer is no word of any language, and is left out."""
WORD = re.compile(r"[^\W_]+")
STEMMERS = {"de": "german", "en": "english"}
GERMAN, ENGLISH = "de", "en"

GERMAN_EMPTY = """
ab aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus bei beim bin bis bist bitte
da dabei damit dann darf das dass dazu dein deine dem den denn der deren des dessen die dies diese diesem diesen
dieser dieses doch dort du durch dürfen ein eine einem einen einer eines er es etwa etwas euch euer eure für gegen
geht gibt hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja je jede
jedem jeden jeder jedes kann kein keine keinen keiner können könnte man mehr mein meine mich mir mit muss möchte
möchten müssen nach nicht noch nun nur ob oder ohne per schon sehr sei sein seine seinem seinen seiner seit sich
sie sind so sobald soll sollen sollte sondern sowie tun tut um und uns unser unsere unserem unseren unserer unter
viel viele vielen vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wenn wer
werden wie wieder will wir wird wo wollen worden wurde wurden zu zum zur zwischen über
"""
ENGLISH_EMPTY = """
a about after all also am an and any are as at be because been before being between both but by can could did do
does doing for from had has have having he her here hers him his how i if in into is it its itself just me more
most my no nor not of off on once only or other our ours out over own same she should so some such than that the
their theirs them then there these they this those through to too under until up very was we were what when where
which while who whom why will with would you your yours
"""
EMPTY = {GERMAN: frozenset(GERMAN_EMPTY.split()), ENGLISH: frozenset(ENGLISH_EMPTY.split())}
"""Words that stand in every text and say nothing about it."""


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a text where they stand in it, everything that is letters or digits."""
    return (found for found in WORD.finditer(text) if len(found.group()) <= LONGEST)


def spelled(text: str) -> str:
    """A text in the form in which its words are cut out: one code point for a letter, no soft hyphens, nothing unseen."""
    return unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, "").replace("\0", ""))


def words(text: str) -> list[str]:
    """The words of a text as they are written there, in order."""
    return [found.group() for found in tokens(spelled(text))]


def tongue(language: str) -> str:
    """The language whose rules a text follows: plain German is German."""
    main = language.split("-", maxsplit=1)[0]
    return main if main in STEMMERS else GERMAN


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = GERMAN) -> str:
    """The stem of a word; empty where it stands in every text, or is a single letter."""
    small = word.lower()
    if small in _EMPTY_FOLDED[tongue(language)] or (len(small) == 1 and not small.isdigit()):
        return ""
    stemmer = snowballstemmer.stemmer(STEMMERS[tongue(language)])  # holds the word it works on: one for each call
    return folded(stemmer.stemWord(small))[:LONGEST]


def stem_within(word: str, language: str = GERMAN) -> str:
    """The stem a word has as the end of a longer one: of "Messung" that is shorter than its own."""
    return stem(f"{BEFORE_IT}{word.lower()}", language).removeprefix(BEFORE_IT)


def folded(text: str) -> str:
    """Small letters without accents; ß is ss."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


BEFORE_IT = "vorder"
"""Any syllables do: Snowball takes endings off only where enough stands before them."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_EMPTY_FOLDED = {language: found | {word.translate(_UMLAUTS) for word in found} for language, found in EMPTY.items()}


# --- one wrong letter -------------------------------------------------------------------------------------------------
SHORTEST_GUESSED, LONGEST_GUESSED = 4, 30
"""Shorter words are too many to guess among; longer ones take too many rows."""


def can_be_guessed(found: str) -> bool:
    return SHORTEST_GUESSED <= len(found) <= LONGEST_GUESSED and found.isalpha()


def shortened(found: str) -> list[int]:
    """The numbers of a stem and of everything it becomes when one letter is left out.

    Two stems that differ in one letter share one of them, be it missing, too many, another, or changed round.
    """
    texts = {found, *(found[:place] + found[place + 1 :] for place in range(len(found)))}
    return sorted(number_of(text) for text in texts)


def number_of(text: str) -> int:
    """A number for a text, the same everywhere, that fits a column of eight bytes."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter is missing, too many, another, or two neighbours are changed round."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0:
        return True
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
