"""When an event takes place: as people type it, and as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.kernel.dates import SEASONS, WINTER, parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.kernel.dates import PartialDate

    from .models import Event

FIELDS = ("day", "time", "end_day", "end_time", "roughly")
"""How people type it: a day, with a time where one is known; or only roughly, such as “November 2026” or ``2026-11``."""


YEARS = range(1900, 2200)
"""Beyond them clocks and calendars run into their ends."""


def in_reach(*days: date | None) -> None:
    """Raise ``ValueError`` with a sentence for a day far beyond what takes place."""
    if any(day and day.year not in YEARS for day in days):
        raise ValueError(_("A day between 1900 and 2199 is expected here."))


class WrongDate(ValueError):
    """What was typed is no date; the text says why, ``field`` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Timing:
    """The four columns of an event that say when it is."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    date_text: str = ""
    end_text: str = ""

    def __str__(self) -> str:
        if self.starts_at:
            return date_format(timezone.localtime(self.starts_at), "DATETIME_FORMAT")
        first = str(parse_date(self.date_text))
        return f"{first} – {parse_date(self.end_text)}" if self.end_text else first

    def put(self, event: Event) -> None:
        """Write it into the event's columns; the caller saves."""
        event.starts_at, event.ends_at = self.starts_at, self.ends_at
        event.date_text, event.end_text = self.date_text, self.end_text
        event.first_day, event.last_day = event.days()


def timing_of(event: Event) -> Timing:
    return Timing(event.starts_at, event.ends_at, event.date_text, event.end_text)


def typed(when: Timing) -> dict[str, str]:
    """As people would type it, by the names in ``FIELDS``; the inverse of ``read_timing``."""
    if when.starts_at is None:
        return _typed_days(when)
    start = timezone.localtime(when.starts_at)
    end = timezone.localtime(when.ends_at) if when.ends_at else None
    return {
        "day": start.date().isoformat(), "time": f"{start:%H:%M}",
        "end_day": end.date().isoformat() if end and end.date() != start.date() else "",
        "end_time": f"{end:%H:%M}" if end else "", "roughly": "",
    }  # fmt: skip


def read_timing(values: Mapping[str, str]) -> Timing:
    """What somebody typed; days as ``2026-05-04``, times as ``18:00``. Raises ``WrongDate``."""
    if values["roughly"]:
        return _roughly(values)
    if not values["day"]:
        raise WrongDate("day", _("Please name the day. If it is not known yet, say below roughly when."))
    if not values["time"]:
        return _days(values)
    return _moments(values)


def _typed_days(when: Timing) -> dict[str, str]:
    found = dict.fromkeys(FIELDS, "")
    if _is_day(when.date_text) and (not when.end_text or _is_day(when.end_text)):
        return found | {"day": when.date_text, "end_day": when.end_text}
    first, last = _in_words(when.date_text), _in_words(when.end_text) if when.end_text else ""
    return found | {"roughly": f"{first}/{last}" if last else first}


def _in_words(text: str) -> str:
    """A month or season as people write it (“Herbst 2026”); the others as they are stored."""
    date = parse_date(text)
    return str(date) if date.precision in {"month", "season"} else text


def _stored(text: str) -> str:
    """The inverse of ``_in_words``; any other text as it is."""
    _word, _blank, year = text.rpartition(" ")
    if not (year.isdecimal() and len(year) == len("2026")):
        return text
    points = (f"{year}-{number:02d}" for number in (*range(1, 13), *SEASONS, WINTER))
    try:
        return next((point for point in points if str(parse_date(point)).casefold() == text.casefold()), text)
    except ValueError:
        return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _roughly(values: Mapping[str, str]) -> Timing:
    if any(values[name] for name in ("day", "time", "end_day", "end_time")):
        raise WrongDate("roughly", _("Give either a day or roughly when, not both."))
    first, _slash, last = (_stored(" ".join(part.split())) for part in values["roughly"].partition("/"))
    try:
        begins, ends = _partial(first), _partial(last or first)
        in_reach(begins.earliest, begins.latest, ends.latest)
    except ValueError as error:
        raise WrongDate("roughly", str(error)) from error
    if ends.latest < (begins.earliest or begins.latest):
        raise WrongDate("roughly", _("The end lies before the beginning."))
    return Timing(date_text=first, end_text=last)


def _partial(text: str) -> PartialDate:
    try:
        return parse_date(text)
    except ValueError as error:
        sentence = _("“%s” is no date that can be read. Write November 2026, autumn 2026 or 2026.") % text
        raise ValueError(sentence) from error


def _days(values: Mapping[str, str]) -> Timing:
    if values["end_time"]:
        raise WrongDate("time", _("There is a time at which it ends. When does it begin?"))
    if values["end_day"] and values["end_day"] < values["day"]:
        raise WrongDate("end_day", _("The last day lies before the first."))
    several = values["end_day"] not in ("", values["day"])
    return Timing(date_text=values["day"], end_text=values["end_day"] if several else "")


def _moments(values: Mapping[str, str]) -> Timing:
    starts_at = _moment(values["day"], values["time"], "time")
    last = values["end_day"] or values["day"]
    if last < values["day"]:
        raise WrongDate("end_day", _("The last day lies before the first."))
    if not values["end_time"]:
        if last != values["day"]:
            raise WrongDate("end_time", _("At what time does it end on the last day?"))
        return Timing(starts_at)
    ends_at = _moment(last, values["end_time"], "end_time")
    if ends_at <= starts_at:
        raise WrongDate("end_time", _("It ends before it begins. If it ends on another day, name that day too."))
    return Timing(starts_at, ends_at)


def _moment(day: str, clock: str, field: str) -> datetime:
    try:
        return from_current_timezone(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)))
    except ValidationError as error:
        raise WrongDate(
            field, _("This time does not exist, or exists twice: the clocks are changed that night. Choose another.")
        ) from error
