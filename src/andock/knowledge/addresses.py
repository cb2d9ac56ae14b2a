"""What stands in the address of a card or guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.text import slugify

from .choices import ADDRESS_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection


def short_name(title: str, taken: Collection[str], kind: str = "loesung") -> str:
    """A word made of the title: never a reserved one, and not yet ``taken``."""
    plain = slugify(title)[:70].strip("-")
    base = f"{kind}-{plain}".strip("-") if not plain or plain in ADDRESS_WORDS else plain
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
