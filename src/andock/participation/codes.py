"""Codes of letters: twelve signs (60 bits) in groups of four, read as people type them, kept as a keyed digest only."""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U (Crockford's base 32): what looks alike is read alike."""
ALIKE = str.maketrans("OIL", "011")
SIGNS, GROUP = 12, 4
BETWEEN = re.compile(r"[\s._‐‑‒–—―-]+")


def fresh_codes(number: int) -> list[str]:
    """So many codes nobody can guess, each once."""
    found: set[str] = set()
    while len(found) < number:
        found.add("".join(secrets.choice(ALPHABET) for _sign in range(SIGNS)))
    return list(found)


def shown(code: str) -> str:
    """As it stands in a letter."""
    return "-".join(code[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def read_code(typed: str) -> str:
    """The code somebody typed, however they did. Raises ``ValueError`` with a sentence where it cannot be one."""
    found = BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(ALIKE)
    if len(found) != SIGNS or any(sign not in ALPHABET for sign in found):
        raise ValueError(_("A code has twelve letters and digits, in three groups of four. Please look at your letter once more."))  # fmt: skip
    return found
