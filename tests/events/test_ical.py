"""Calendar files, read back by two libraries that know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from andock.events import ical
from andock.events.models import Event
from andock.organisations.models import Organisation
from tests.factories.events import NOW

if TYPE_CHECKING:
    from ical.event import Event as Other

BERLIN = ZoneInfo("Europe/Berlin")
OLPE = Organisation(slug="olpe", name="Stadt Olpe")
GUEST = ical.Guest("Ada", "ada@example.org")


def event(**values: object) -> Event:
    """An event that needs no database."""
    starts_at = values.pop("starts_at", NOW + timedelta(weeks=4))
    values = {
        "organisation": OLPE, "slug": "abend", "title": "Abend", "state": "published", "kind": "talk",
        "format": "on_site", "starts_at": starts_at, "ends_at": starts_at and starts_at + timedelta(hours=2),
        "changed_at": NOW, "contact_email": "info@olpe.example",
    } | values  # fmt: skip
    return Event(**values)


def whole_days(first: str, last: str = "", **values: object) -> Event:
    return event(starts_at=None, date_text=first, end_text=last, **values)


def read(text: str) -> icalendar.Event:
    """The one entry, as the first library reads it."""
    [entry] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return entry


def read_other(text: str) -> Other:
    """… and as the second one does."""
    [entry] = IcsCalendarStream.calendar_from_ics(text).events
    return entry


def lines(text: str) -> list[str]:
    """The lines as they were before folding."""
    return text.replace("\r\n ", "").split("\r\n")


def test_entry_has_its_time_in_the_regions_zone_for_both_readers() -> None:
    made = event(starts_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
    text = ical.file_of(made)

    begins, ends = datetime(2026, 6, 1, 14, tzinfo=BERLIN), datetime(2026, 6, 1, 16, tzinfo=BERLIN)
    assert (read(text).start, read(text).end) == (begins, ends)
    assert (read_other(text).start, read_other(text).end) == (begins, ends)
    assert "DTSTART;TZID=Europe/Berlin:20260601T140000" in lines(text)


def test_entry_says_who_holds_it_and_links_back(settings) -> None:
    settings.ANDOCK_BASE_URL = "https://region.example"
    made = event(title="Grüße, Olpe; heute", summary="Ein\nAbend", venue="Rathaus", town="Olpe", postal_code="57462")
    text = ical.file_of(made)

    for entry in (read(text), read_other(text)):
        assert (str(entry.uid), entry.summary) == (str(made.pk), "Grüße, Olpe; heute")
        assert entry.location == "Rathaus, 57462 Olpe"
        assert str(entry.url) == "https://region.example/veranstaltungen/abend/"
        assert entry.description == "Ein\nAbend\n\nhttps://region.example/veranstaltungen/abend/"
    assert read(text)["ORGANIZER"] == "mailto:info@olpe.example"
    assert read(text)["ORGANIZER"].params["CN"] == "Stadt Olpe"
    assert str(read_other(text).organizer.uri) == "mailto:info@olpe.example"


def test_event_without_an_end_lasts_as_long_as_the_site_assumes() -> None:
    made = event(ends_at=None)

    assert read(ical.file_of(made)).end == made.end


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-06-01", "", (date(2026, 6, 1), date(2026, 6, 2))),
        ("2026-06-01", "2026-06-03", (date(2026, 6, 1), date(2026, 6, 4))),
    ],
)
def test_date_known_to_the_day_is_a_whole_day(first: str, last: str, days: tuple[date, date]) -> None:
    text = ical.file_of(whole_days(first, last))

    assert (read(text).start, read(text).end) == days
    assert (read_other(text).start, read_other(text).end) == days
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    ("first", "last"), [("2026-06", ""), ("2026", ""), ("[..2026-06-01]", ""), ("2026-06-01", "2026-07")]
)
def test_date_known_less_well_has_no_entry(first: str, last: str) -> None:
    made = whole_days(first, last)

    assert not ical.has_entry(made)
    assert "VEVENT" not in ical.feed([made], "Region")


def test_change_and_cancellation_are_of_the_same_entry_with_a_higher_number() -> None:
    made = event()
    first = read(ical.invitation(made, GUEST, NOW))
    made.sequence, made.venue = 1, "Saal"
    second = read(ical.invitation(made, GUEST, NOW + timedelta(days=1)))
    made.sequence, made.state = 2, "cancelled"
    third = read(ical.cancellation(made, GUEST, NOW + timedelta(days=2)))

    assert {str(entry.uid) for entry in (first, second, third)} == {str(made.pk)}
    assert [entry.sequence for entry in (first, second, third)] == [0, 1, 2]
    assert first.stamp < second.stamp < third.stamp
    assert [str(entry.status) for entry in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_entry_is_taken_out_though_nobody_knows_the_day_any_more() -> None:
    made = whole_days("2026-23", sequence=3)

    text = ical.cancellation(made, GUEST, NOW)

    entry = read(text)
    assert (str(entry.uid), entry.sequence, str(entry.status)) == (str(made.pk), 3, "CANCELLED")
    assert ("DTSTART" in entry, "VTIMEZONE" in text) == (False, False)


@pytest.mark.parametrize(
    ("write", "method"),
    [
        (lambda: ical.invitation(event(), GUEST, NOW), "REQUEST"),
        (lambda: ical.cancellation(event(), GUEST, NOW), "CANCEL"),
        (lambda: ical.feed([event()], "Region"), "PUBLISH"),
    ],
    ids=["invitation", "cancellation", "feed"],
)
def test_calendar_says_what_it_asks_for(write: Callable[[], str], method: str) -> None:
    text = write()

    assert str(icalendar.Calendar.from_ical(text)["METHOD"]) == method
    assert IcsCalendarStream.calendar_from_ics(text).method == method


def test_cancelled_event_says_so_in_the_feed() -> None:
    entry = read(ical.feed([event(state="cancelled")], "Region"))

    assert (str(entry.status), str(entry.summary)) == ("CANCELLED", "Abgesagt: Abend")


def test_room_is_for_the_guest_who_may_have_it() -> None:
    made = event(format="online", online_url="https://raum.example/abc")
    guest = ical.Guest("Ada", "ada@example.org", room=made.online_url)

    assert "raum.example" not in ical.file_of(made) + ical.feed([made], "R") + ical.invitation(made, GUEST, NOW)
    entry = read(ical.invitation(made, guest, NOW))
    assert entry.location == "https://raum.example/abc"
    assert "Online-Raum: https://raum.example/abc" in entry.description
    assert [str(entry.conferences[0].uri)] == ["https://raum.example/abc"]


def test_guest_is_the_only_one_who_is_named() -> None:
    entry = read(ical.invitation(event(), ical.Guest("Ada", "ada@example.org"), NOW))

    assert [str(one) for one in entry.attendees] == ["mailto:ada@example.org"]
    assert entry.attendees[0].params["PARTSTAT"] == "ACCEPTED"


HOSTILE = [
    "Abend\r\nATTENDEE:mailto:x@evil.example",
    "Abend\rATTENDEE:mailto:x@evil.example",
    "Abend\nBEGIN:VEVENT",
    "Abend\u2028ATTENDEE:mailto:x@evil.example",
    "Abend\x85ATTENDEE:mailto:x@evil.example",
    'A";X=1:mailto:x@evil.example',
    "\x00\x07\x1b[0m",
    "💥" * 60,
    "\u202eabend",
    "\\n\\;\\,",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_add_no_property(words: str) -> None:
    made = event(title=f"x{words}", summary=words, venue=words, host=f"x{words}")
    guest = ical.Guest(words, "ada@example.org")
    text, plain = ical.invitation(made, guest, NOW), ical.invitation(event(summary="x", venue="x"), GUEST, NOW)

    names = [line.split(":")[0].split(";")[0] for line in lines(text)]
    assert sorted(names) == sorted(line.split(":")[0].split(";")[0] for line in lines(plain))
    assert "\r" not in text.replace("\r\n", "")
    assert read(text).sequence == 0
    assert read_other(text).uid == str(made.pk)


@given(words=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_words_come_back_as_they_went_and_no_line_is_too_long(words: str) -> None:
    made = event(title=f"x{words}", summary=f"{words}x")
    text = ical.file_of(made)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert read(text).summary == " ".join(ical._clean(f"x{words}").split())
    assert read(text).description.startswith(ical._clean(f"{words}x"))
    assert read_other(text).uid == str(made.pk)


# --- the zone -----------------------------------------------------------------------------------------------------------
def test_zone_changes_when_the_law_says() -> None:
    text = ical.file_of(event(starts_at=datetime(2026, 6, 1, 12, tzinfo=UTC)))

    zone = lines(text)[lines(text).index("BEGIN:VTIMEZONE") : lines(text).index("END:VTIMEZONE")]
    # RFC 5545, 3.6.5: the onset as the clock shows it before the change: 2 o'clock in spring, 3 o'clock in autumn
    assert "DTSTART:20260329T020000" in zone
    assert "DTSTART:20261025T030000" in zone


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "UTC", "Europe/Dublin", "Asia/Kolkata"])
@pytest.mark.parametrize("month", range(1, 13))
def test_zone_alone_leads_to_the_same_moment(name: str, month: int, settings) -> None:
    """The rules in the file, applied by hand, without the reader's own knowledge of the zone."""
    settings.TIME_ZONE = name
    moment = datetime(2026, month, 28, 23, 30, tzinfo=UTC)
    calendar = icalendar.Calendar.from_ical(ical.file_of(event(starts_at=moment)))
    [zone] = calendar.walk("VTIMEZONE")
    begins = calendar.walk("VEVENT")[0].start.replace(tzinfo=None)

    onsets = sorted((part["DTSTART"].dt, part["TZOFFSETTO"].td) for part in zone.subcomponents)
    offset = [offset for onset, offset in onsets if onset <= begins][-1]

    assert (begins - offset).replace(tzinfo=UTC) == moment


def test_feed_has_one_zone_for_all_its_years() -> None:
    made = [event(starts_at=datetime(year, 6, 1, 12, tzinfo=UTC)) for year in (2024, 2027)]
    text = ical.feed(made, "Termine: Region")

    calendar = icalendar.Calendar.from_ical(text)
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert len(calendar.walk("VEVENT")) == 2
    assert calendar["X-WR-CALNAME"] == "Termine: Region"
    assert len(IcsCalendarStream.calendar_from_ics(text).events) == 2
