"""A strategy that already exists, read out of pasted text: headings are found, everything below one is its text. Pure.

The outline is text again, with ``#`` before each heading, so that people can put right what was not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

MARK = re.compile(r"^(#{1,6})\s+(?P<title>\S.*)$")
NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.)\s+(?P<title>\S.*)$")
BULLET = re.compile(r"^\s*(?:[-*•–▪·o]|\uf0b7)\s+")
END = (".", ",", ";", ":", "!", "?")
SHORT, FEW_WORDS = 80, 10
LONG = 90
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An element as it will be: its level from 1, its title, and its text as somebody would type it."""

    level: int
    title: str
    text: str


def outlined(text: str) -> str:
    """Text with ``#`` before each heading: as it was marked, else by numbers, else where a line is short."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(MARK.match(line) for line in lines):
        return "\n".join(lines)
    lines = [BULLET.sub("- ", line.rstrip()) for line in lines]
    return "\n".join(_marked(lines)).strip()


def _marked(lines: list[str]) -> Iterator[str]:
    """Every line is a paragraph, as word processors copy them; lines of a list stay together."""
    level, before = 0, ""
    written = [line for line in lines if line.strip()]
    for line, following in zip_longest(written, written[1:], fillvalue=""):
        found = _heading(line.strip(), following.strip(), level)
        together = all(_is_item(one) for one in (line, before)) or all("|" in one for one in (line, before))
        if before and not together:
            yield ""
        if found:
            title, level, numbered = found
            yield f"{'#' * level} {title}"
            level = level if numbered else level - 1
            before = title
        else:
            yield line.strip()
            before = line


def _is_item(line: str) -> bool:
    return line.startswith("- ")


def _heading(line: str, following: str, level: int) -> tuple[str, int, bool] | None:
    """Title and level of a line that looks like a heading; one without number stands below the last numbered one."""
    if _is_item(line) or "|" in line or line.endswith(END):
        return None
    if (match := NUMBER.match(line)) and len(line) <= LONG:
        number = match["number"].rstrip(".")
        return match["title"], min(number.count(".") + 1, 6) if number[0].isdigit() else 1, True
    is_short = len(line) <= SHORT and len(line.split()) <= FEW_WORDS and line[0].isupper()
    says_more = len(following) > LONG or following.endswith(END) or _is_item(following)
    return (line, min(level + 1, 6), False) if is_short and says_more else None


def elements_of(outline: str) -> list[Found]:
    """The elements of an outline in their order. Text before the first heading belongs to none and is left out.

    A heading that is too long for a title is cut, and stands whole above the text.
    """
    found: list[tuple[int, str, list[str]]] = []
    for line in outline.replace("\r\n", "\n").split("\n"):
        if match := MARK.match(line):
            found.append((_level(len(match[1]), found), match["title"].strip(), []))
        elif found:
            found[-1][2].append(line)
    return [Found(level, *_titled(title, "\n".join(lines).strip())) for level, title, lines in found]


def _titled(title: str, text: str) -> tuple[str, str]:
    if len(title) <= LONGEST_TITLE:
        return title, text
    begun = title[: LONGEST_TITLE - 2].rpartition(" ")[0] or title[: LONGEST_TITLE - 2]
    return f"{begun} …", f"{title}\n\n{text}".strip()


def before_first(outline: str) -> str:
    """What stands before the first heading."""
    lines = outline.replace("\r\n", "\n").split("\n")
    first = next((place for place, line in enumerate(lines) if MARK.match(line)), len(lines))
    return "\n".join(lines[:first]).strip()


def _level(wanted: int, before: list[tuple[int, str, list[str]]]) -> int:
    """No level is left out on the way down."""
    return min(wanted, before[-1][0] + 1) if before else 1
