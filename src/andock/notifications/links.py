"""A plain text as HTML shows it: blocks of lines with their addresses as links, without touching its markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://[^\s<>\"'“”„]+")
CLOSING = ".,;:!?)]}"
JOINS = re.compile(r"([.:/@])(?=\S)")
WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line; ``address`` is set when it is a link."""

    text: str
    address: str = ""


def blocks_with_links(text: str) -> list[list[list[Part]]]:
    """The blocks between empty lines, each with its lines. A line and an address below it are one link, as on a button."""
    blocks = [_lines(block) for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]
    return [[_way(*lines)] if _is_way(lines) else lines for lines in blocks]


def unlinked(text: str) -> str:
    """What a stranger typed, such as a name, so that no mail program makes a link of it; it looks the same."""
    return JOINS.sub(rf"\1{WORD_JOINER}", text)


def _lines(block: str) -> list[list[Part]]:
    return [_parts(line) for line in block.splitlines()]


def _is_way(lines: list[list[Part]]) -> bool:
    match lines:
        case [[Part(address="")], [Part(address=address)]]:
            return bool(address)
    return False


def _way(label: list[Part], address: list[Part]) -> list[Part]:
    return [Part(label[0].text.removesuffix(":"), address[0].address)]


def _parts(line: str) -> list[Part]:
    parts, end = [], 0
    for match in ADDRESS.finditer(line):
        address = match[0].rstrip(CLOSING)
        parts += [Part(line[end : match.start()]), Part(address, address)]
        end = match.start() + len(address)
    return [part for part in [*parts, Part(line[end:])] if part.text]
