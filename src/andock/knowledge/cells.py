"""How a cell of the tables of solutions and guides is read: a value, or a ``ValueError`` with a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andock.kernel.dates import parse_date
from andock.kernel.text import normalise, one_line, without_control_characters

from .models.solution import WEB
from .ranges import MOST, Range, parse_range

MAX_TEXT = 20_000
ESCAPED = re.compile(r"'+(?:[@+\-=%]|\\?\|)")
"""What begins so has been made harmless for spreadsheets by one mark more in front."""

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def line(most: int) -> Callable[[str], str]:
    """One line of at most so many letters."""

    def read(text: str) -> str:
        return _short(one_line(_unescaped(text)), most)

    return read


def text(cell: str) -> str:
    """Text of several lines."""
    return _short(normalise(without_control_characters(_unescaped(cell))), MAX_TEXT)


def web(cell: str) -> str:
    """An address that begins with http:// or https://."""
    found = one_line(_unescaped(cell))
    try:
        WEB(_short(found, 500))
    except ValidationError as error:
        raise ValueError(_("“%s” is no web address. It begins with https:// or http://.") % found[:80]) from error
    return found


def moment(cell: str) -> str:
    """A date as exactly as it is known (EDTF)."""
    return parse_date(one_line(cell)).text


def day(cell: str) -> date:
    try:
        return date.fromisoformat(one_line(cell))
    except ValueError as error:
        raise ValueError(_("“%s” is not a day. Write it as 2023-12-31.") % cell[:40]) from error


def span(cell: str) -> Range:
    return parse_range(one_line(cell))


def number(cell: str) -> int:
    found = one_line(cell)
    if not (found.isascii() and found.isdecimal()) or len(found) > len(str(MOST)) + 2:
        raise ValueError(_("“%s” is not a whole number.") % cell[:40])
    return int(found)


def words(cell: str) -> list[str]:
    """Several words in one cell, separated by ;"""
    return [word for part in _unescaped(cell).split(";") if (word := one_line(part))]


def code(cell: str) -> str:
    """How a file names a thing: letters, digits, dots and hyphens, such as P001 or an id."""
    found = one_line(cell)
    if not CODE.fullmatch(found):
        raise ValueError(_("“%s” is no name of a card. Write letters, digits and hyphens, such as P001.") % cell[:60])
    return found


def truth(cell: str) -> bool:
    if cell not in {"true", "false"}:
        raise ValueError(_("“%s” must be true or false.") % cell[:40])
    return cell == "true"


def structure(cell: str) -> Any:
    """JSON, as an export writes it."""
    try:
        return json.loads(_unescaped(cell))
    except (ValueError, RecursionError) as error:
        raise ValueError(_("This cell must hold JSON, as an export writes it.")) from error


def _short(found: str, most: int) -> str:
    if len(found) > most:
        told = _("This is longer than %(most)d letters: %(number)d.")
        raise ValueError(told % {"most": most, "number": len(found)})
    return found


def marked(cell: str) -> str:
    """For ``defusedcsv``, which marks a formula but not what somebody has marked by hand: both must come back."""
    return f"'{cell}" if ESCAPED.match(cell) else cell


def _unescaped(cell: str) -> str:
    """What stood in the cell before it was made harmless."""
    if not ESCAPED.match(cell):
        return cell
    return cell[1:] if cell.startswith("''") else cell[1:].replace("\\|", "|")
