"""Dates that are only known to the year, the season or "at the latest".

Written in a subset of the Extended Date/Time Format (EDTF, ISO 8601-2:2019): ``2019-07-09``, ``2020-10``,
``2021``, ``2021-23`` (21 spring, 22 summer, 23 autumn, 24 winter), ``[..2021-23]`` some time up to autumn
2021, ``[2020-09-15..2021-23]`` the same but not before 15 September 2020.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
WINTER = 24  # December to February, named after the year it begins in
POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
Precision = Literal["day", "month", "season", "year", "at the latest"]
SOME_TIME = re.compile(r"\[([\d-]*)\.\.([\d-]+)\]")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision. ``earliest`` is None where no lower bound is known."""

    text: str
    earliest: date | None
    latest: date

    def certainly_by(self, day: date) -> bool:
        """Whether it has happened on ``day`` in any case."""
        return self.latest <= day

    def certainly_before(self, other: PartialDate) -> bool:
        """Whether its last possible day lies before the first of ``other``."""
        return other.earliest is not None and self.latest < other.earliest

    def possibly_by(self, day: date) -> bool:
        """Whether it may have happened on ``day``."""
        return self.earliest is None or self.earliest <= day

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        if SOME_TIME.fullmatch(self.text):
            return "at the latest"
        _year, month, day = _parts(self.text)
        return "day" if day else "season" if month >= min(SEASONS) else "month" if month else "year"

    def __str__(self) -> str:
        if match := SOME_TIME.fullmatch(self.text):
            return _("%(date)s at the latest") % {"date": _words(match[2])}
        return _words(self.text)


def parse_date(text: str) -> PartialDate:
    """Read a date in the subset above.

    Raises ``ValueError`` with a sentence that says what is expected.
    """
    text = text.strip()
    if match := SOME_TIME.fullmatch(text):
        earliest = _bounds(match[1])[0] if match[1] else None
        latest = _bounds(match[2])[1]
    else:
        earliest, latest = _bounds(text)
    if earliest and earliest > latest:
        raise ValueError(_("“%(text)s” ends before it begins.") % {"text": text})
    return PartialDate(text, earliest, latest)


def _parts(text: str) -> tuple[int, int, int]:
    match = POINT.fullmatch(text)
    if not match:
        raise ValueError(
            _("“%(text)s” is not a date. Write 2021, 2021-10, 2021-10-15, 2021-23 (autumn) or [..2021].")
            % {"text": text}
        )
    year, month, day = (part and int(part) for part in match.groups())
    if 0 in {month, day}:
        raise ValueError(_("“%(text)s” is not a day in the calendar.") % {"text": text})
    return int(year), month or 0, day or 0


def _bounds(text: str) -> tuple[date, date]:
    year, month, day = _parts(text)
    try:
        if day:
            return (point := date(year, month, day)), point
        if month == WINTER:
            return date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1)
        first, last = SEASONS.get(month, (month or 1, month or 12))
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(_("“%(text)s” is not a day in the calendar.") % {"text": text}) from error


def _words(text: str) -> str:
    year, month, day = _parts(text)
    if month in SEASONS or month == WINTER:
        return _season(month) % {"year": year}
    if day:
        return date_format(date(year, month, day), "DATE_FORMAT")
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT") if month else str(year)


def _season(number: int) -> str:
    return {
        21: _("spring %(year)d"),
        22: _("summer %(year)d"),
        23: _("autumn %(year)d"),
        24: _("winter %(year)d"),
    }[number]
