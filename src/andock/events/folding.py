"""How names are compared: no difference between Müller, MULLER and muller. The check-in page's script does the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def folded(text: str) -> str:
    """Small letters without marks; ß is ss."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_found(wanted: str, texts: Iterable[str]) -> bool:
    """Whether every word of ``wanted`` stands in one of the texts."""
    place = folded("\n".join(texts))
    return all(word in place for word in folded(wanted).split())
