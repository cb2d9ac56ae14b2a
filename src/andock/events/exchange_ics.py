"""Events from a calendar file (RFC 5545): each becomes a draft to be completed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import icalendar
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.text import normalise, one_line, without_control_characters
from andock.organisations.region_folder import Problem, Refused

from .choices import EventKind, Format
from .models import Event
from .services.importing import Incoming, Reading
from .timing import Timing, in_reach

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

MOST = 500


def read_ics(name: str, text: str, organisation: Organisation, now: datetime) -> Reading:
    """The events of a calendar as drafts, not saved yet. Raises ``Refused`` with every problem of the file.

    Left out is what is cancelled, what is an event of this site, and what was read in before: it is known by its UID.
    """
    try:
        entries = [
            entry for calendar in icalendar.Calendar.from_ical(text, multiple=True) for entry in calendar.walk("VEVENT")
        ]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise Refused([Problem(name, 0, "", _("This is no readable calendar: %s") % error)]) from error
    if len(entries) > MOST:
        raise Refused([Problem(name, 0, "", _("The calendar has more than %d events. Please divide it.") % MOST)])
    lines = _lines(text)
    reading, problems = Reading(), []
    known = _known(entries, organisation)
    for entry in entries:
        line, identity = next(lines, 0), _identity(entry, organisation)
        if known & {identity, _own(entry)}:
            reading.here.append(_title(entry))
            continue
        if _words(entry, "STATUS").upper() == "CANCELLED":
            reading.cancelled.append(_title(entry))
            continue
        try:
            event = _event(entry, organisation)
            event.pk = identity
            known.add(identity)
            reading.found.append(Incoming(line, event, seats={"room": (None, 0)}))
        except ValidationError as error:
            problems += [Problem(name, line, key, " ".join(words)) for key, words in error.message_dict.items()]
    if problems:
        raise Refused(problems)
    return reading


def _known(entries: list[Any], organisation: Organisation) -> set[UUID | None]:
    """The ids of events that are here and that entries speak of."""
    asked = {one for entry in entries for one in (_identity(entry, organisation), _own(entry)) if one}
    return set(Event.objects.filter(pk__in=asked).values_list("pk", flat=True))


def _identity(entry: Any, organisation: Organisation) -> UUID:
    """The id of the draft it becomes: the same whenever the organisation reads the same entry."""
    uid, date = _words(entry, "UID"), entry.get("RECURRENCE-ID")
    return uuid5(_space(organisation), f"{uid} {date.to_ical().decode() if date else ''}") if uid else uuid4()


def _space(organisation: Organisation) -> UUID:
    """Two organisations that read the same calendar have a draft each."""
    return uuid5(NAMESPACE_URL, f"andock:events:{organisation.pk}")


def _own(entry: Any) -> UUID | None:
    """The id of an event, if its UID may be one of this site's."""
    try:
        return UUID(_words(entry, "UID"))
    except ValueError:
        return None


def _title(entry: Any) -> str:
    return one_line(_words(entry, "SUMMARY"))[:200]


def _lines(text: str) -> Iterator[int]:
    """Where the events begin."""
    return (number for number, line in enumerate(text.split("\n"), start=1) if line.strip().upper() == "BEGIN:VEVENT")


def _event(entry: Any, organisation: Organisation) -> Event:
    """Raises ``ValidationError`` by property of the calendar."""
    if entry.errors:
        raise ValidationError({name or "VEVENT": str(sentence) for name, sentence in entry.errors})
    if "RRULE" in entry or "RDATE" in entry:
        raise ValidationError({"RRULE": _("It repeats. Please enter each date of its own, or one and then copy it.")})
    event = Event(
        organisation=organisation, kind=EventKind.TALK, format=Format.ON_SITE, title=_title(entry),
        text=normalise(without_control_characters(_words(entry, "DESCRIPTION")))[:20_000],
        venue=one_line(_words(entry, "LOCATION"))[:200],
    )  # fmt: skip
    if not event.title:
        raise ValidationError({"SUMMARY": _("It has no title.")})
    _timing(entry).put(event)
    return event


def _words(entry: Any, name: str) -> str:
    value = entry.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _timing(entry: Any) -> Timing:
    start = _value(entry, "DTSTART")
    if not isinstance(start, date):
        raise ValidationError({"DTSTART": _("It has no beginning that can be read.")})
    try:
        end = _end(entry, start)
        in_reach(start, end)
    except ValueError as error:
        raise ValidationError({"DTSTART": str(error)}) from error
    if isinstance(start, datetime):
        return _moments(start, end)
    last = end - timedelta(days=1) if end and not isinstance(end, datetime) else start
    if last < start:
        raise ValidationError({"DTEND": _("The end lies before the beginning.")})
    return Timing(date_text=start.isoformat(), end_text=last.isoformat() if last != start else "")


def _end(entry: Any, start: date) -> date | None:
    """When it says that it ends, or how long it lasts; None where neither can be read."""
    end, length = _value(entry, "DTEND"), _value(entry, "DURATION")
    if end is None and isinstance(length, timedelta):
        with contextlib.suppress(OverflowError):
            return start + length
        return date.max
    return end if isinstance(end, date) else None


def _moments(start: datetime, end: date | None) -> Timing:
    begins = _aware(start)
    ends = _aware(end) if isinstance(end, datetime) else None
    if ends and ends < begins:
        raise ValidationError({"DTEND": _("The end lies before the beginning.")})
    return Timing(begins, ends if ends and ends > begins else None)


def _in_known_zone(entry: Any, name: str, moment: Any) -> Any:
    """A moment in a zone nobody knows would be at another time than was meant. Raises ``ValidationError``."""
    if isinstance(moment, datetime) and timezone.is_naive(moment) and (zone := entry[name].params.get("TZID")):
        raise ValidationError({name: _("The time zone “%s” is not known.") % zone})
    return moment


def _aware(moment: datetime) -> datetime:
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _value(entry: Any, name: str) -> Any:
    """The day, moment or length of a property; None where there is none, or none that can be read."""
    try:
        return _in_known_zone(entry, name, getattr(entry.get(name), "dt", None))
    except icalendar.error.BrokenCalendarProperty:
        return None
