"""Addresses inside a plain text, so that a page can make them links without touching its markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://[^\s<>\"'“”„]+")
CLOSING = ".,;:!?)]}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line; ``address`` is set when it is a link."""

    text: str
    address: str = ""


def lines_with_links(text: str) -> list[list[Part]]:
    """The lines of a text, each cut into plain pieces and links. Only http and https become links."""
    return [_parts(line) for line in text.splitlines()]


def _parts(line: str) -> list[Part]:
    parts, end = [], 0
    for match in ADDRESS.finditer(line):
        address = match[0].rstrip(CLOSING)
        parts += [Part(line[end : match.start()]), Part(address, address)]
        end = match.start() + len(address)
    return [part for part in [*parts, Part(line[end:])] if part.text]
