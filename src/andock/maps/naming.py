"""How names of places are compared: Lindenstraße, Lindenstr. and LINDENSTRASSE are one. Pure."""

from __future__ import annotations

import re

from andock.kernel.text import slugify

HOUSE_NUMBER = re.compile(r"\d+[a-z]?")
SHORT = re.compile(r"str\.?(?=[\s,;\d]|$)", re.IGNORECASE)


def words_of(name: str) -> list[str]:
    """Small words without umlauts, the short form of "Straße" written out."""
    return slugify(SHORT.sub("strasse ", name)).split("-")


def asked(text: str) -> list[str]:
    """The words to look for: a house number is left out, the street is what is known."""
    return [word for word in words_of(text) if word and not HOUSE_NUMBER.fullmatch(word)]


def searched(name: str) -> str:
    """The words with a blank before each, so that the beginning of a word is found as text."""
    return "".join(f" {word}" for word in words_of(name))[:260]
