"""Whether a mailbox looks like one of a person."""

from __future__ import annotations

import re

PERSONAL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[._][^\W\d_]+(?:-[^\W\d_]+)*@.+")
"""Two words with a dot or a line between them, such as ada.lovelace@ or a.lovelace@."""


def looks_personal(address: str) -> bool:
    """A guess, which a person confirms or not: smart.city@ looks the same."""
    return PERSONAL.fullmatch(address) is not None
