"""Events as calendar programs read them (RFC 5545), and as mails carry them (RFC 5546, RFC 6047).

An entry is known by the event's id for ever; a change carries a higher ``SEQUENCE``. Only what is known to the minute or
to the day has an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import vCalAddress, vText, vUri

from andock.kernel.text import without_control_characters

from .addresses import page_of
from .choices import EventState
from .places import place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from andock.kernel.dates import PartialDate

    from .models import Event

PRODUCT = "-//Andock//Andock//DE"
NAME = "termin.ics"
REFRESH = timedelta(hours=6)
LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whose calendar an entry is for; ``room`` is the link to the online room, for those who may have it.

    ``where`` is where this person takes part, else the event's place.
    """

    name: str
    email: str
    room: str = ""
    where: str = ""


def has_entry(event: Event) -> bool:
    """Whether the time is known well enough for a calendar."""
    return event.starts_at is not None or days_of(event) is not None


def days_of(event: Event) -> tuple[date, date] | None:
    """The first and the last whole day, where both are known to the day and no time is."""
    first, last = event.partial_date, event.partial_end or event.partial_date
    if first is None or last is None or not (_is_day(first) and _is_day(last)):
        return None
    return first.latest, last.latest


def file_of(event: Event, *, room: str = "", where: str = "") -> str:
    """An entry to be saved."""
    return _calendar("PUBLISH", [_entry(event, event.changed_at, room or where, room)])


def feed(events: Iterable[Event], name: str) -> str:
    """A calendar to be subscribed to; events without an entry are left out."""
    calendar = [_entry(event, event.changed_at) for event in events if has_entry(event)]
    return _calendar("PUBLISH", calendar, name=name)


def invitation(event: Event, guest: Guest, now: datetime) -> str:
    """What puts the entry into the guest's calendar, or changes it there."""
    return _calendar("REQUEST", [_entry(event, now, guest.room or guest.where, guest.room, guest)])


def cancellation(event: Event, guest: Guest, now: datetime) -> str:
    """What takes the entry out of the guest's calendar; without a time where none is known any more (RFC 5546, 3.2.5)."""
    entry = _entry(event, now, guest.where, guest=guest, needs_time=has_entry(event))
    entry["STATUS"] = vText("CANCELLED")
    return _calendar("CANCEL", [entry])


def _calendar(method: str, entries: list[icalendar.Event], *, name: str = "") -> str:
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    if name:
        calendar.add("NAME", _clean(name))
        calendar.add("X-WR-CALNAME", _clean(name))
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", "PT6H")
    if years := _years_of(entries):
        calendar.add_component(_zone(settings.TIME_ZONE, *years))
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical().decode()


def _entry(
    event: Event,
    stamp: datetime,
    where: str = "",
    room: str = "",
    guest: Guest | None = None,
    *,
    needs_time: bool = True,
) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("UID", str(event.pk))
    entry.add("SEQUENCE", event.sequence)
    entry.add("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0))
    entry.add("LAST-MODIFIED", event.changed_at.astimezone(UTC).replace(microsecond=0))
    if needs_time:
        _add_times(entry, event)
    is_off = event.state == EventState.CANCELLED
    entry.add("SUMMARY", _one_line(_("Cancelled: %s") % event.title if is_off else event.title))
    entry.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    entry.add("DESCRIPTION", _clean(_description(event, room)))
    if where := where or place(event):
        entry.add("LOCATION", _one_line(where))
    entry.add("URL", page_of(event))
    entry["ORGANIZER"] = _person(event.host or event.organisation.name, _mailbox(event))
    if room:
        entry.add("CONFERENCE", vUri(room), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    if guest:
        entry["ATTENDEE"] = _person(guest.name, guest.email, PARTSTAT="ACCEPTED", ROLE="REQ-PARTICIPANT", RSVP="FALSE")
    return entry


def _add_times(entry: icalendar.Event, event: Event) -> None:
    if event.starts_at and event.end:
        zone = ZoneInfo(settings.TIME_ZONE)
        entry.add("DTSTART", event.starts_at.astimezone(zone))
        entry.add("DTEND", event.end.astimezone(zone))
        return
    days = days_of(event)
    if days is None:
        raise ValueError(f"{event.pk} has no day to be entered on.")
    entry.add("DTSTART", days[0])
    entry.add("DTEND", days[1] + DAY)  # the end is the first moment that doesn't belong to it
    entry.add("TRANSP", "TRANSPARENT")


def _description(event: Event, room: str) -> str:
    parts = [event.summary, room and _("Online room: %s") % room, page_of(event)]
    return "\n\n".join(part for part in parts if part)


def _person(name: str, email: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    if name:
        person.params["CN"] = vText(_one_line(name))
    for key, value in parameters.items():
        person.params[key] = vText(value)
    return person


def _mailbox(event: Event) -> str:
    return event.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _is_day(point: PartialDate) -> bool:
    return point.earliest == point.latest


def _clean(text: str) -> str:
    """Without what ends a line or isn't text: a bare carriage return would begin a property of its own.

    icalendar takes a backslash with a capital N for a line break; an invisible sign between them (U+2060) keeps both.
    """
    return without_control_characters(text.translate(LINE_ENDS)).replace("\\N", "\\\u2060N")


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


# --- the zone -----------------------------------------------------------------------------------------------------------
def _years_of(entries: list[icalendar.Event]) -> tuple[int, int] | None:
    """The first and the last year with a time in the region's zone."""
    times = [entry.decoded(key) for entry in entries for key in ("DTSTART", "DTEND") if key in entry]
    years = [moment.year for moment in times if isinstance(moment, datetime)]
    return (min(years), max(years)) if years else None


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> icalendar.Timezone:
    """The zone's rules for these years, as one part for each change of the clock.

    The library's own generator writes the onset of summer time an hour late (7.3): RFC 5545, 3.6.5 wants it as the
    clock shows it before the change.
    """
    zone = icalendar.Timezone()
    zone.add("TZID", name)
    for moment in [_start_of(first - 1), *_changes(ZoneInfo(name), first - 1, last + 1)]:
        zone.add_component(_observance(ZoneInfo(name), moment))
    return zone


def _start_of(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterable[datetime]:
    """The moments, in UTC, at which the offset changes."""
    moment, end = _start_of(first), _start_of(last + 1)
    while moment < end:
        following = moment + DAY
        if _offset(zone, moment) != _offset(zone, following):
            yield _exactly(zone, moment, following)
        moment = following


def _exactly(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (before, middle) if _offset(zone, middle) != _offset(zone, before) else (middle, after)
    return after.replace(microsecond=0)


def _observance(zone: ZoneInfo, moment: datetime) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    local = moment.astimezone(zone)
    old, new = _offset(zone, moment - timedelta(seconds=1)), _offset(zone, moment)
    part = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    part.add("DTSTART", (moment + old).replace(tzinfo=None))
    part.add("TZOFFSETFROM", old)
    part.add("TZOFFSETTO", new)
    part.add("TZNAME", local.tzname())
    return part


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
