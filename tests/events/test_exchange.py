"""Events as files: out and in the same; what is wrong is named, and nothing of a bad file is written."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from andock.audit.models import Entry
from andock.events.models import Event, Series
from andock.events.queries import whole_events
from andock.organisations.models import Term
from andock.strategy.models import Edition, Element, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.events import confirmed, event
from tests.factories.strategy import block, document, element, identity

from .desk import DESK, client, demo  # noqa: F401

pytestmark = pytest.mark.django_db
IMPORT = f"{DESK}neu/datei/"


def exported(cast: Cast) -> str:
    return client(cast).get(f"{DESK}alle.csv").content.decode("utf-8-sig")


def send(cast: Cast, text: str, name: str = "termine.csv"):
    return client(cast).post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())})


def full_region(cast: Cast) -> None:
    """Every column filled at least once, with words that spreadsheets and calendars stumble over."""
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b1")), state="in_force", date="2025-01-01"), actor=None)
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    series = Series.objects.create(
        organisation=cast.olpe, slug="abende", title="Abende", text="Zwei\n\nAbsätze", at_once=True
    )
    made = event(
        cast.olpe, seats=40, format="hybrid", title='=cmd|" /C calc"!A0', summary="@SUM(1)", text="Zeile 1\n\n-2\n🎉 עברית",
        host="Stadtwerke; Olpe", municipality=cast.olpe, series=series, venue="'Rathaus'", street="+49", town="Olpe",
        step_free="yes", sign_language=True, access_note="Aufzug", edition=Edition.objects.get(), note="%", verified=False, contact_office="Amt",
        contact_email="amt@olpe.example", source="https://example.org/a?b=1", online_url="https://geheim.example",
        opens_at=datetime(2026, 5, 1, 8, tzinfo=UTC), closes_at=datetime(2026, 5, 30, 8, tzinfo=UTC), needs_approval=True,
        has_waiting_list=False, offer_hours=12, seats_each=3, asks_access=False, asks_catering=True, is_recorded=True,
        keep_days=30, without_technology=True, reason="Sturm", postponed_from="1. Mai", sequence=4,
    )  # fmt: skip
    made.partners.add(cast.soest)
    made.terms.add(topic)
    made.elements.add(Element.objects.get(pk=identity("g7")))
    made.questions.create(kind="choice", label="Was?", options=["a;b", "=c"], is_required=True, help="-")
    made.programme.create(at=time(18, 30), title="Vortrag", speakers="Amt", text="Mehr")
    made.documents.create(kind="slides", title="Folien", url="https://example.org/folien")
    made.reminders.create(hours_before=24)
    event(
        cast.olpe, starts_at=None, date_text="2021-23", door="none", format="unknown", kind="milestone", slug="herbst"
    )
    event(
        cast.olpe,
        starts_at=None,
        date_text="2022-10-18",
        end_text="2022-10-20",
        door="none",
        slug="messe",
        state="draft",
    )
    event(cast.olpe, state="cancelled", door="elsewhere", door_url="https://example.org", slug="abgesagt")
    confirmed(event(cast.olpe, slug="mit-leuten", venue="Saal", contact_email="a@b.de"))


def empty() -> None:
    Event.objects.all().delete()
    Series.objects.all().delete()


def test_export_read_into_an_empty_region_is_exported_equally(cast: Cast, settings) -> None:
    full_region(cast)
    from andock.events.models import Registration

    first = exported(cast)
    Registration.objects.all().delete()
    empty()

    answer = send(cast, first)

    assert answer.status_code == 302, answer.content.decode()
    assert exported(cast) == first
    assert Event.objects.count() == 5
    assert Entry.objects.latest("pk").data == {"number": 5}


def test_export_runs_nothing_in_a_spreadsheet_and_tells_no_room_and_no_people(cast: Cast) -> None:
    full_region(cast)

    text = exported(cast)

    assert "\n=" not in text
    assert ";=" not in text
    assert ";@" not in text
    assert "geheim.example" not in text
    assert "ada@example.org" not in text


def test_file_of_a_regions_folder_is_read_too(cast: Cast) -> None:
    Series.objects.create(organisation=cast.olpe, slug="abende", title="Abende")
    head = (Path(__file__).resolve().parents[2] / "regions/suedwestfalen/events.csv").read_text().partition("\n")[0]
    values = dict.fromkeys(head.split(","), "") | {
        "slug": "abend", "title": '"Abend, offen"', "kind": "talk", "format": "online", "start": "2031-05-04T18:00",
        "organiser": "olpe", "partners": "soest;agentur", "series": "abende", "verified": "false",
    }  # fmt: skip

    answer = send(cast, f"{head}\n{','.join(values.values())}\n")

    assert answer.status_code == 302, answer.content.decode()
    made = Event.objects.get(slug="abend")
    assert (made.title, made.state, made.series.title, made.verified) == ("Abend, offen", "draft", "Abende", False)
    assert made.starts_at == datetime(2031, 5, 4, 16, tzinfo=UTC)
    assert {partner.slug for partner in made.partners.all()} == {"soest", "agentur"}


def question(**values: object) -> str:
    """A question where people choose, as a cell of the file holds it."""
    whole = {"kind": "choice", "label": "Was?", "help": "", "options": ["Suppe", "Salat"], "is_required": False}
    return json.dumps([whole | values])


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("title", "", "darf nicht leer"),
        ("start", "bald", "kein Datum"),
        ("start", "2126-13-01", "steht in keinem Kalender"),
        ("start", "2126-05-04T25:00:00+02:00", "kein Zeitpunkt"),
        ("end", "2126-01-01T10:00:00+02:00", "vor dem Beginn"),
        ("end", "2126-12-01", "beide eine Uhrzeit"),
        ("kind", "party", "party"),
        ("organiser", "soest", "olpe"),
        ("organiser", "nirgends", "nirgends"),
        ("seats_room", "-4", "ganze Zahl"),
        ("reserved_room", "99", "weniger Plätze"),
        ("slug", "monat", "Wort unserer Adressen"),
        ("slug", "zwei worte", "slug"),
        ("contact_email", "nirgends", "contact_email"),
        ("door", "elsewhere", "door_url"),
        ("offer_hours", "999", "offer_hours"),
        ("questions", "{", "JSON"),
        ("questions", "[1]", "kind, label"),
        ("terms", "topics/nichts", "topics/nichts"),
        ("elements", "x", "elements"),
        ("has_waiting_list", "ja", "true"),
        ("reminders", "bald", "168;24"),
        pytest.param("text", "x" * 20_001, "20000", id="long text"),
        ("series", "{}", "at_once"),
        ("series", '{"slug": "a/b", "title": "Abende", "text": "", "at_once": false}', "Kürzel"),
        ("series", '{"slug": "abende", "title": "", "text": "", "at_once": false}', "darf nicht leer"),
        ("series", '{"slug": []}', "at_once"),
        ("start", "0001-01-01T00:00:00+02:00", "zwischen 1900 und 2199"),
        ("start", "9999-12-31", "zwischen 1900 und 2199"),
        ("opens_at", "0001-01-01T00:00:00+02:00", "zwischen 1900 und 2199"),
        ("seats_room", "9" * 20, "ganze Zahl"),
        ("seats_room", "100001", "100000"),
        pytest.param("sequence", "9" * 5000, "ganze Zahl", id="long number"),
        pytest.param("reminders", "9" * 5000, "168;24", id="long hours"),
        pytest.param("questions", "[" * 100_000, "JSON", id="deep list"),
        ("questions", question(options=[[[["Suppe"]]]]), "JSON"),
        pytest.param("programme", '[{"text": "%s"}]' % ("x" * 20_001), "20000", id="long text in a list"),
        ("questions", question(options=5), "options"),
        ("questions", question(options=["Suppe"]), "options"),
        ("questions", question(options=["Suppe", 1]), "options"),
        ("questions", question(is_required="vielleicht"), "vielleicht"),
        ("questions", question(label="\x00\ud800"), "darf nicht leer"),
        ("documents", '[{"kind": "slides", "title": "Folien", "url": ""}]', "braucht seinen Link"),
        ("documents", '[{"kind": "slides", "title": "Folien", "url": "javascript:alert(1)"}]', "gültige"),
        ("programme", '[{"at": "25:00", "title": "Vortrag", "speakers": "", "text": ""}]', "25:00"),
    ],
)
def test_bad_cell_is_named_with_line_and_column_and_nothing_is_written(
    cast: Cast, column: str, value: str, sentence: str
) -> None:
    event(cast.olpe, venue="Saal", contact_email="a@b.de", starts_at=datetime(2126, 5, 4, 16, tzinfo=UTC))
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(exported(cast)), delimiter=";"))
    empty()
    good, bad = rows[0] | {"id": "", "slug": ""}, rows[0] | {"id": "", "slug": "schlecht"} | {column: value}
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows([good, bad])

    answer = send(cast, target.getvalue())

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "termine.csv, Zeile 3" in page
    assert sentence in page
    assert not Event.objects.exists()


def test_event_that_is_here_already_is_not_overwritten(cast: Cast) -> None:
    made = event(cast.olpe, venue="Saal", contact_email="a@b.de")

    answer = send(cast, exported(cast).replace(made.title, "Gekapert"))

    assert answer.status_code == 400
    assert "ist schon da" in answer.content.decode()
    assert Event.objects.get().title == made.title


def test_export_that_is_read_again_changes_nothing_and_new_rows_are_added(cast: Cast) -> None:
    full_region(cast)
    before = exported(cast)
    head, first = before.split("\n")[0].split(";"), dict.fromkeys(before.split("\n")[0].split(";"), "")
    first |= {"title": "Neu", "start": "2126-05", "kind": "talk", "format": "online", "organiser": "olpe"}
    row = ";".join(first[name] for name in head)

    answer = client(cast).post(IMPORT, {"file": SimpleUploadedFile("a.csv", f"{before}{row}\n".encode())}, follow=True)

    page = answer.content.decode()
    assert "Eine Veranstaltung wurde eingelesen" in page
    assert "5 Veranstaltungen sind schon da und blieben" in page
    assert Event.objects.count() == 6
    assert [line for line in before.split("\n") if line not in exported(cast)] == []


def test_each_cell_that_differs_from_an_event_that_is_here_is_named(cast: Cast) -> None:
    made = event(cast.olpe, venue="Saal", town="Olpe")  # without a mailbox, as older ones are
    text = exported(cast).replace("Saal", "Kreishaus").replace(";Olpe;", ";Soest;")

    page = send(cast, text).content.decode()

    assert page.count("termine.csv, Zeile 2") == 2
    assert "„Saal“" in page
    assert "„Olpe“" in page
    assert "Dienstpostfach" not in page
    made.refresh_from_db()
    assert made.venue == "Saal"


def test_words_of_lists_come_without_what_nothing_can_hold(cast: Cast) -> None:
    made = event(cast.olpe, venue="Saal", contact_email="a@b.de", starts_at=datetime(2126, 5, 4, 16, tzinfo=UTC))
    made.questions.create(kind="text", label="Was?")
    made.programme.create(title="Vortrag", text="Eins\n\nZwei")
    text = exported(cast).replace("Was?", "Was\\u0000 \\ud800\\nnun?").replace("Eins", "\\u0007Eins")
    empty()

    assert send(cast, text).status_code == 302

    made = Event.objects.get()
    assert made.questions.get().label == "Was nun?"
    assert (made.programme.get().text, made.programme.get().at) == ("Eins\n\nZwei", None)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        ("Überschrift".encode("latin-1"), "nicht UTF-8"),
        (b"a;b\n1;2\n", "Diese Spalte fehlt"),
        (b'a;b\n"1;2\n', "Diese Spalte fehlt"),
        (b"x" * 5_000_001, "5 MB"),
        (b"BEGIN:VCALENDAR\nUnsinn\nEND:VCALENDAR\n", "kein lesbarer Kalender"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n", "keine Veranstaltung"),
    ],
)
def test_file_that_is_none_is_refused(cast: Cast, content: bytes, sentence: str) -> None:
    answer = client(cast).post(IMPORT, {"file": SimpleUploadedFile("a.csv", content)})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//DE
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Berlin:21260601T180000
DTEND;TZID=Europe/Berlin:21260601T200000
SUMMARY:Abend\\, offen
DESCRIPTION:Zeile 1\\nZeile 2
LOCATION:Rathaus
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:21260701
DTEND;VALUE=DATE:21260703
SUMMARY:Messe
END:VEVENT
END:VCALENDAR
"""


def test_calendar_becomes_drafts(cast: Cast) -> None:
    answer = send(cast, CALENDAR, "termine.ics")

    assert answer.status_code == 302, answer.content.decode()
    evening, fair = Event.objects.order_by("first_day")
    assert (evening.title, evening.text, evening.venue, evening.state) == (
        "Abend, offen",
        "Zeile 1\nZeile 2",
        "Rathaus",
        "draft",
    )
    assert evening.starts_at == datetime(2126, 6, 1, 16, tzinfo=UTC)
    assert (fair.date_text, fair.end_text) == ("2126-07-01", "2126-07-02")


def test_calendar_read_twice_makes_no_second_draft(cast: Cast) -> None:
    send(cast, CALENDAR, "termine.ics")

    file = SimpleUploadedFile("termine.ics", CALENDAR.replace("UID:2", "UID:3\nSTATUS:CANCELLED").encode())
    answer = client(cast).post(IMPORT, {"file": file}, follow=True)

    page = answer.content.decode()
    assert Event.objects.count() == 2
    assert "Eine Veranstaltung ist schon da und blieb, wie sie ist: „Abend, offen“" in page
    assert "im Kalender abgesagt und wurde ausgelassen: „Messe“" in page


def test_calendar_of_this_site_makes_no_drafts(cast: Cast) -> None:
    event(cast.soest, starts_at=datetime(2126, 5, 4, 16, tzinfo=UTC))
    calendar = client(cast).get("/veranstaltungen/kalender.ics").content.decode()

    assert send(cast, calendar, "kalender.ics").status_code == 302

    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("DTEND;VALUE=DATE:21260703", "DTEND;VALUE=DATE:21260501", "DTEND"),
        ("SUMMARY:Messe", "SUMMARY:", "SUMMARY"),
        ("SUMMARY:Messe", "SUMMARY:Messe\nRRULE:FREQ=DAILY", "RRULE"),
        ("SUMMARY:Messe", "SUMMARY:Messe\nRRULE", "RRULE"),
        ("DTSTART;VALUE=DATE:21260701", "DTSTART;TZID=Mars/Nord:21260701T100000", "Mars/Nord"),
        ("DTSTART;VALUE=DATE:21260701", "DTSTART;VALUE=DATE:x", "DTSTART"),
        ("DTSTART;VALUE=DATE:21260701", "DTSTART:00010101T000000", "zwischen 1900 und 2199"),
        ("DTEND;VALUE=DATE:21260703", "DURATION:P9000000D", "zwischen 1900 und 2199"),
        ("DTSTART;VALUE=DATE:21260701", "DTSTART;VALUE=TIME:100000", "DTSTART"),
        ("DTSTART;VALUE=DATE:21260701", "DTSTART;VALUE=PERIOD:21260701T100000Z/PT1H", "DTSTART"),
    ],
)
def test_bad_calendar_entry_is_named_and_nothing_is_written(cast: Cast, old: str, new: str, sentence: str) -> None:
    answer = send(cast, CALENDAR.replace(old, new), "termine.ics")

    assert answer.status_code == 400
    assert "termine.ics, Zeile 12" in answer.content.decode()
    assert sentence in answer.content.decode()
    assert not Event.objects.exists()


def test_whole_events_take_the_same_queries_for_one_and_many(cast: Cast, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from andock.events.exchange import write_csv

    event(cast.olpe, municipality=cast.soest).partners.add(cast.soest)
    with CaptureQueriesContext(connection) as few:
        write_csv(whole_events(cast.olpe))
    for _number in range(5):
        event(cast.olpe, municipality=cast.soest).partners.add(cast.soest)
    with CaptureQueriesContext(connection) as many:
        write_csv(whole_events(cast.olpe))

    assert len(many) == len(few)
