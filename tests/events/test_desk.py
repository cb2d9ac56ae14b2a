"""The life of an event at the organiser's desk, through its pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andock.audit.models import Entry
from andock.events.choices import RegistrationState
from andock.events.models import Event, Question, Registration, Series
from andock.events.services import seats
from andock.kernel.pagecache.models import Version
from tests.accounts.cast import Cast
from tests.factories.events import confirmed, event, registered
from tests.factories.pdfs import pdf, script, upload

from .desk import DESK, EVENING, client, complete, demo, draft, page_of, published, typed  # noqa: F401
from .post import occasions, run_jobs

pytestmark = pytest.mark.django_db


def stamps(made: Event) -> dict[str, int]:
    """What readers' pages stand on."""
    found = Version.objects.filter(scope__in=("events", made.scope))
    return dict(found.values_list("scope", "stamp"))


def told() -> list[str]:
    """The occasions of the mails queued for everybody, oldest first."""
    rows = DBTaskResult.objects.order_by("enqueued_at")
    arguments = [row.args_kwargs["kwargs"] for row in rows]
    return [found["occasion"] for found in arguments if found.get("occasion", "") in {
        "event_changed", "event_cancelled", "room_moved", "room_known",
    }]  # fmt: skip


# --- begin, copy, delete ----------------------------------------------------------------------------------------------
def test_begun_event_has_what_belongs_to_its_pattern(cast: Cast) -> None:
    made = draft(cast)

    assert (made.slug, made.state, made.kind, made.door) == ("offene-daten", "draft", "talk", "here")
    assert list(made.allotments.values_list("attendance", "capacity")) == [("room", 60)]
    assert list(made.reminders.values_list("hours_before", flat=True)) == [24]
    assert f"{timezone.localtime(made.starts_at):%d.%m.%Y %H:%M}" == "01.06.2126 18:00"


def test_begun_without_a_time_nobody_can_register(cast: Cast) -> None:
    made = draft(cast, time="", end_time="")

    assert (made.date_text, made.starts_at, made.door) == ("2126-06-01", None, "none")


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("Herbst 2126", ("2126-23", ""), "Herbst 2126"),
        ("  herbst  2126", ("2126-23", ""), "Herbst 2126"),
        ("2126-24", ("2126-24", ""), "Winter 2126"),
        ("März 2126 / 2126-05", ("2126-03", "2126-05"), "März 2126/Mai 2126"),
        ("2126", ("2126", ""), "2126"),
    ],
)
def test_rough_date_is_written_and_shown_in_words(cast: Cast, written: str, stored: tuple, shown: str) -> None:
    made = draft(cast, day="", time="", end_time="", roughly=written)

    assert (made.date_text, made.end_text) == stored
    assert f'value="{shown}"' in client(cast).get(page_of(made, "wann/")).content.decode()


def test_begun_only_roughly(cast: Cast) -> None:
    made = draft(cast, day="", time="", end_time="", roughly="2126-23")

    assert (made.date_text, made.first_day.month, made.last_day.month) == ("2126-23", 9, 11)


@pytest.mark.parametrize("title", ["Monat", "Reihen", "Kalender", "Anmeldung", "Neu", "💡", "  monat  "])
def test_no_title_makes_an_address_that_is_taken_by_the_site(cast: Cast, title: str) -> None:
    assert draft(cast, title=title).slug.startswith("termin")


def test_same_title_twice_has_two_addresses(cast: Cast) -> None:
    assert [draft(cast).slug, draft(cast).slug] == ["offene-daten", "offene-daten-2"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Diese Angabe fehlt noch"),
        ({"title": "\x01\x02"}, "Diese Angabe fehlt noch"),
        ({"title": "x" * 201}, "200"),
        ({"pattern": ""}, "Bitte wählen Sie, was es ist"),
        ({"day": ""}, "Bitte nennen Sie den Tag"),
        ({"day": "31.2.2126"}, "kein Tag im Kalender"),
        ({"day": "0001-01-01"}, "zwischen 1900 und 2199"),
        ({"day": "9999-12-31"}, "zwischen 1900 und 2199"),
        ({"day": "", "time": "", "end_time": "", "roughly": "9999-23"}, "zwischen 1900 und 2199"),
        ({"time": "25:00"}, "keine Uhrzeit"),
        ({"end_time": "17:00"}, "endet, bevor"),
        ({"end_time": "18:00"}, "endet, bevor"),
        ({"time": ""}, "Wann beginnt"),
        ({"end_day": "2126-05-31"}, "Der letzte Tag liegt vor dem ersten"),
        ({"roughly": "2126-11"}, "nicht beides"),
        ({"day": "", "time": "", "end_time": "", "roughly": "bald"}, "kein Datum"),
        ({"day": "2026-03-29", "time": "02:30", "end_time": "04:00"}, "Uhren"),
    ],
)
def test_bad_beginning_is_answered_and_nothing_is_lost(cast: Cast, values: dict, sentence: str) -> None:
    sent = {"title": "Offene Daten", "pattern": "evening", "day": "2126-06-01", "time": "18:00", "end_time": "20:00"}
    answer = client(cast).post(f"{DESK}neu/", sent | values)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert sentence in page
    assert values.get("title", "Offene Daten").strip("\x01\x02") in page
    assert not Event.objects.exists()


def test_title_cannot_carry_a_second_header(cast: Cast) -> None:
    assert draft(cast, title="Abend\r\nBcc: alle@example.org").title == "Abend Bcc: alle@example.org"


def test_copy_has_everything_but_date_files_people_and_online_room(cast: Cast) -> None:
    source = event(
        cast.olpe, seats=3, format="hybrid", online_url="https://raum.example", text="Lang", contact_email="a@b.de",
        closes_at=timezone.now(),
    )  # fmt: skip
    confirmed(event(cast.olpe))
    source.closes_at = source.starts_at - timedelta(days=1)
    source.save()
    Question.objects.create(event=source, label="Warum?", kind="text")
    source.documents.create(title="Folien", url="https://example.org/folien")
    source.documents.create(title="Datei", file=upload())

    client(cast).post(
        f"{DESK}neu/?kopie={source.slug}",
        {"title": "Nochmal", "copy_of": source.slug, "day": "2126-06-01", "time": "18:00"},
    )

    made = Event.objects.get(title="Nochmal")
    assert (made.state, made.text, made.online_url, made.sequence) == ("draft", "Lang", "", 0)
    assert made.starts_at - made.closes_at == timedelta(days=1)
    assert list(made.allotments.values_list("attendance", "capacity", "taken")) == [("room", 3, 0), ("online", 3, 0)]
    assert [found.label for found in made.questions.all()] == ["Warum?"]
    assert [found.title for found in made.documents.all()] == ["Folien"]


def test_copying_another_organisations_event_is_not_offered(cast: Cast) -> None:
    other = event(cast.soest)

    answer = client(cast).post(f"{DESK}neu/", {"title": "Meins", "copy_of": other.slug, "day": "2126-06-01"})

    assert answer.status_code == 400
    assert not Event.objects.filter(organisation=cast.olpe).exists()


def test_draft_is_deleted_with_its_files_and_leaves_a_trace(cast: Cast, django_capture_on_commit_callbacks) -> None:
    made = draft(cast)
    document = made.documents.create(title="Datei", file=upload())

    with django_capture_on_commit_callbacks(execute=True):
        answer = client(cast).post(page_of(made, "loeschen/"))

    assert answer.status_code == 302
    assert not Event.objects.exists()
    assert not document.file.storage.exists(document.file.name)
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["events.drafted", "events.deleted"]


def test_published_event_is_not_deleted(cast: Cast) -> None:
    made = published(cast)

    answer = client(cast).post(page_of(made, "loeschen/"), follow=True)

    assert "Sagen Sie sie stattdessen ab" in answer.content.decode()
    assert Event.objects.exists()


# --- publish ----------------------------------------------------------------------------------------------------------
def test_publish_names_everything_that_is_missing(cast: Cast) -> None:
    made = draft(cast)

    answer = client(cast).post(page_of(made, "veroeffentlichen/"))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Wo findet sie statt?" in page
    assert "Welches Dienstpostfach" in page
    assert page_of(made, "wo/") in page
    made.refresh_from_db()
    assert made.state == "draft"


def test_published_event_is_there_for_readers_at_once(cast: Cast) -> None:
    made = complete(cast)
    before = stamps(made)

    client(cast).post(page_of(made, "veroeffentlichen/"))

    made.refresh_from_db()
    after = stamps(made)
    assert made.state == "published"
    assert made.published_at
    assert {scope for scope in after if after[scope] != before.get(scope)} == {"events", made.scope}
    assert Entry.objects.latest("pk").action == "events.published"


def test_draft_changes_nothing_for_readers(cast: Cast) -> None:
    made = draft(cast)

    client(cast).post(page_of(made, "wo/"), typed(made, "where", venue="Rathaus"))

    assert stamps(made) == {}


def test_past_event_is_documented_without_registration(cast: Cast) -> None:
    made = complete(cast, day="2020-11-18", time="14:00", end_time="15:30")

    refused = client(cast).post(page_of(made, "veroeffentlichen/"))
    assert "Vergangene Veranstaltungen" in refused.content.decode()

    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", door="none"))
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302


# --- change -----------------------------------------------------------------------------------------------------------
def test_each_section_is_shown_and_saved_as_it_is(cast: Cast) -> None:
    made = complete(cast)
    before = Event.objects.filter(pk=made.pk).values().get()

    for section, path in (
        ("what", "worum"), ("when", "wann"), ("where", "wo"), ("about", "bezug"), ("registration", "anmeldung"),
    ):  # fmt: skip
        assert client(cast).get(page_of(made, f"{path}/")).status_code == 200
        assert client(cast).post(page_of(made, f"{path}/"), typed(made, section)).status_code == 302

    assert Event.objects.filter(pk=made.pk).values().get() == before
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("section", "path", "changes", "sentence"),
    [
        ("registration", "anmeldung", {"room_seats": "-1"}, "größer oder gleich 0"),
        ("registration", "anmeldung", {"room_seats": "10", "room_reserved": "11"}, "mindestens 11"),
        ("registration", "anmeldung", {"closes_at": "2126-06-01T18:01"}, "schließen, bevor"),
        ("registration", "anmeldung", {"opens_at": "2126-06-01T18:00"}, "erst nach dem Beginn"),
        ("registration", "anmeldung", {"opens_at": "2126-05-02T10:00", "closes_at": "2126-05-01T10:00"}, "bevor sie öffnet"),
        ("registration", "anmeldung", {"closes_at": "morgen"}, "2026-05-04T18:30"),
        ("registration", "anmeldung", {"opens_at": "0001-01-01T00:00"}, "zwischen 1900 und 2199"),
        ("registration", "anmeldung", {"door": "elsewhere"}, "Adresse der Seite"),
        ("registration", "anmeldung", {"seats_each": "11"}, "10"),
        ("registration", "anmeldung", {"keep_days": "0"}, "1"),
        ("when", "wann", {"time": None, "end_time": None}, "müssen sie die Uhrzeit kennen"),
        ("what", "worum", {"kind": "milestone"}, "meldet sich niemand an"),
        ("where", "wo", {"format": "unknown"}, "vor Ort oder online"),
        ("where", "wo", {"online_url": "javascript:alert(1)"}, "gültige"),
        ("what", "worum", {"text": "x" * 20_001}, "20000"),
        ("what", "worum", {"partners": ["gibt-es-nicht"]}, "gibt-es-nicht"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_its_field(cast: Cast, section: str, path: str, changes: dict, sentence: str) -> None:
    made = complete(cast)
    before = Event.objects.filter(pk=made.pk).values().get()

    answer = client(cast).post(page_of(made, f"{path}/"), typed(made, section, **changes))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Event.objects.filter(pk=made.pk).values().get() == before
    assert made.allotments.get().capacity == 60


def test_fewer_seats_than_are_taken_are_refused_with_the_number(cast: Cast) -> None:
    made = published(cast)
    confirmed(made, now=timezone.now())

    answer = client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", room_seats="0"))

    assert answer.status_code == 400
    assert "Vergebene Plätze: 1, reservierte: 0. Also müssen es mindestens 1 sein." in answer.content.decode()


def test_more_seats_go_to_those_who_wait(cast: Cast) -> None:
    made = published(cast)
    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", room_seats="1"))
    confirmed(made, "Ada", now=timezone.now())
    bob = confirmed(made, "Bob", now=timezone.now())

    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", room_seats="2"))

    assert Registration.objects.get(pk=bob.pk).state == RegistrationState.OFFERED


def test_changed_time_is_told_and_raises_the_counter(cast: Cast) -> None:
    made = published(cast)
    confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "wann/"), typed(made, "when", time="19:00", end_time="21:00", tell="1"))

    changed = Event.objects.get(pk=made.pk)
    assert changed.sequence == made.sequence + 1
    assert told() == ["event_changed"]


def test_changed_time_is_not_told_where_the_tick_was_taken_away(cast: Cast) -> None:
    made = published(cast)
    confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "wann/"), typed(made, "when", time="19:00", end_time="21:00"))

    assert Event.objects.get(pk=made.pk).sequence == made.sequence + 1
    assert told() == []


def test_page_offers_to_tell_by_default_only_where_somebody_can_be_told(cast: Cast) -> None:
    open_page = client(cast).get(page_of(published(cast), "wann/")).content.decode()
    draft_page = client(cast).get(page_of(draft(cast), "wann/")).content.decode()

    assert 'name="tell" value="1" id="id_tell" checked' in open_page
    assert 'name="tell"' not in draft_page


def test_missing_online_room_is_named_and_its_first_link_is_no_move(cast: Cast) -> None:
    made = complete(cast, pattern="online")
    assert "fehlt noch" in client(cast).get(page_of(made, "veroeffentlichen/")).content.decode()
    client(cast).post(page_of(made, "veroeffentlichen/"))
    confirmed(made, now=timezone.now())
    assert "Der Link zum Online-Raum fehlt noch" in client(cast).get(page_of(made)).content.decode()

    client(cast).post(page_of(made, "wo/"), typed(made, "where", online_url="https://raum.example/1", tell="1"))

    assert told() == ["room_known"]
    assert "Der Link zum Online-Raum fehlt noch" not in client(cast).get(page_of(made)).content.decode()


def test_moved_online_room_is_told_to_those_who_know_it(cast: Cast) -> None:
    made = published(cast, pattern="online")
    Event.objects.filter(pk=made.pk).update(online_url="https://raum.example/1")
    confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "wo/"), typed(made, "where", online_url="https://raum.example/2", tell="1"))

    assert Event.objects.get(pk=made.pk).sequence == made.sequence + 1
    assert told() == ["room_moved"]


def test_online_room_that_is_taken_away_has_not_moved(cast: Cast) -> None:
    made = published(cast, pattern="online")
    Event.objects.filter(pk=made.pk).update(online_url="https://raum.example/1")
    confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "wo/"), typed(made, "where", online_url="", tell="1"))

    assert Event.objects.get(pk=made.pk).online_url == ""
    assert told() == []


def test_each_change_that_is_told_has_mails_of_its_own(cast: Cast) -> None:
    made = published(cast)
    ada = confirmed(made, now=timezone.now())

    for time in ("19:00", "19:30"):
        client(cast).post(page_of(made, "wann/"), typed(made, "when", time=time, end_time="21:00", tell="1"))
        run_jobs()
    client(cast).post(page_of(made, "verschieben/"), {"day": "2126-07-01", "time": "18:00", "reason": "Weil."})
    client(cast).post(page_of(made, "absagen/"), {"reason": "Zu wenige Anmeldungen."})
    run_jobs()

    assert occasions(ada)[-3:] == ["event_changed", "event_changed", "event_cancelled"]
    assert Event.objects.get(pk=made.pk).sequence == made.sequence + 4


def test_text_alone_is_told_to_nobody(cast: Cast) -> None:
    made = published(cast)
    confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "worum/"), typed(made, "what", text="Mehr dazu.", tell="1"))

    assert Event.objects.get(pk=made.pk).text == "Mehr dazu."
    assert told() == []


def test_earlier_deadline_moves_with_the_beginning(cast: Cast) -> None:
    made = complete(cast)
    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", closes_at="2126-05-31T18:00"))
    made.refresh_from_db()

    client(cast).post(page_of(made, "wann/"), typed(made, "when", day="2126-05-20"))

    made.refresh_from_db()
    assert f"{timezone.localtime(made.closes_at):%Y-%m-%d %H:%M}" == "2126-05-19 18:00"


def test_published_event_cannot_lose_what_it_needs(cast: Cast) -> None:
    made = published(cast)

    answer = client(cast).post(page_of(made, "wo/"), typed(made, "where", venue="", town=""))

    assert answer.status_code == 400
    assert "Wo findet sie statt?" in answer.content.decode()


def test_published_event_is_not_moved_into_the_past(cast: Cast) -> None:
    made = published(cast)

    answer = client(cast).post(page_of(made, "wann/"), typed(made, "when", day="2021-01-01"))

    assert answer.status_code == 400
    assert "in der Vergangenheit" in answer.content.decode()


def test_on_site_becomes_online_and_everybody_keeps_the_seat(cast: Cast) -> None:
    made = published(cast)
    ada = confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "wo/"), typed(made, "where", format="online", tell="1"))

    allotment = made.allotments.get()
    assert (allotment.attendance, allotment.taken) == ("online", 1)
    assert Registration.objects.get(pk=ada.pk).allotment_id == allotment.pk
    assert seats.recount(allotment) == (1, 0)
    assert told() == ["event_changed"]


def test_hybrid_keeps_the_room_while_people_are_registered_for_it(cast: Cast) -> None:
    made = published(cast)
    client(cast).post(page_of(made, "wo/"), typed(made, "where", format="hybrid"))
    assert list(made.allotments.values_list("attendance", "capacity")) == [("room", 60), ("online", None)]
    confirmed(made, now=timezone.now())

    answer = client(cast).post(page_of(made, "wo/"), typed(made, "where", format="online"))

    assert answer.status_code == 400
    assert "1 Person hat sich" in answer.content.decode()
    assert made.allotments.count() == 2


# --- two organisers at once -------------------------------------------------------------------------------------------
def test_second_organiser_sees_both_wordings_and_chooses(cast: Cast) -> None:
    made = complete(cast)
    first = typed(made, "what", summary="Von der Redaktion", host="Stadtwerke")
    second = typed(made, "what", summary="Von der Freigabe", text="Nur hier")
    client(cast).post(page_of(made, "worum/"), first)

    answer = client(cast, "olpe_releaser").post(page_of(made, "worum/"), second)

    page = answer.content.decode()
    made.refresh_from_db()
    assert answer.status_code == 409
    assert "Von der Redaktion" in page
    assert 'value="Von der Freigabe"' in page
    assert (made.summary, made.host, made.text) == ("Von der Redaktion", "Stadtwerke", "Nur hier")

    chosen = typed(made, "what", summary="Von der Freigabe")
    assert client(cast, "olpe_releaser").post(page_of(made, "worum/"), chosen).status_code == 302
    made.refresh_from_db()
    assert made.summary == "Von der Freigabe"


def test_draft_that_gets_another_title_gets_its_address_too(cast: Cast) -> None:
    made = complete(cast)

    answer = client(cast).post(page_of(made, "worum/"), typed(made, "what", title="Offene Türen"))

    made.refresh_from_db()
    assert made.slug == "offene-tueren"
    assert answer.url == page_of(made)


@pytest.mark.parametrize("slug", ["offene-daten", "daten-2126"])
def test_address_that_is_known_or_chosen_stays_when_the_title_changes(cast: Cast, slug: str) -> None:
    made = draft(cast)
    Event.objects.filter(pk=made.pk).update(slug=slug, state="published" if slug == "offene-daten" else "draft")
    made.refresh_from_db()

    client(cast).post(page_of(made, "worum/"), typed(made, "what", title="Offene Türen"))

    found = Event.objects.get(pk=made.pk)
    assert (found.title, found.slug) == ("Offene Türen", slug)


@pytest.mark.parametrize(
    ("section", "changes", "sentence"),
    [
        (("wo/", "where"), {"postal_code": "abc"}, "vier oder fünf Ziffern"),
        (("wann/", "when"), {"end_day": "2126-05-01", "end_time": ""}, "Der letzte Tag liegt vor dem ersten"),
    ],
)
def test_place_and_time_that_cannot_be_are_named(
    cast: Cast, section: tuple[str, str], changes: dict, sentence: str
) -> None:
    made = draft(cast)

    answer = client(cast).post(page_of(made, section[0]), typed(made, section[1], **changes))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("code", ["57462", "D-57462", "1010", "1012 AB", ""])
def test_postcode_of_neighbours_is_taken(cast: Cast, code: str) -> None:
    made = draft(cast)

    assert client(cast).post(page_of(made, "wo/"), typed(made, "where", postal_code=code)).status_code == 302


@pytest.mark.parametrize("act", ["verschieben/", "absagen/"])
def test_page_before_the_deed_counts_who_comes_waits_and_is_not_confirmed(cast: Cast, act: str) -> None:
    made = published(cast)
    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", room_seats="2"))
    confirmed(made, "Ada", now=timezone.now())
    registered(made, "Bob", now=timezone.now())
    confirmed(made, "Cem", now=timezone.now())

    page = client(cast).get(page_of(made, act)).content.decode()

    assert "Angemeldet: 1. Auf der Warteliste: 1. Adresse nicht bestätigt: 1" in page


def test_missing_detail_is_asked_for_in_a_whole_sentence(cast: Cast) -> None:
    page = client(cast).post(f"{DESK}neu/", EVENING | {"title": ""}).content.decode()

    assert "Noch eine Angabe, dann kann der Entwurf beginnen." in " ".join(page.split())


# --- postpone and cancel ----------------------------------------------------------------------------------------------
def test_postponed_event_keeps_its_people_tells_them_and_says_when_it_was(cast: Cast) -> None:
    made = published(cast)
    ada = confirmed(made, now=timezone.now())

    answer = client(cast).post(
        page_of(made, "verschieben/"), {"day": "2126-07-01", "time": "18:00", "reason": "Der Saal wird saniert."}
    )

    assert answer.status_code == 302
    changed = Event.objects.get(pk=made.pk)
    assert (changed.first_day.isoformat(), changed.door, changed.postponed_from) == (
        "2126-07-01", "here", "1. Juni 2126 18:00",
    )  # fmt: skip
    assert changed.sequence == made.sequence + 1
    assert Registration.objects.get(pk=ada.pk).state == RegistrationState.CONFIRMED
    assert told() == ["event_changed"]
    assert Entry.objects.latest("pk").action == "events.postponed"


def test_postponed_without_a_day_closes_registration(cast: Cast) -> None:
    made = published(cast)
    ada = confirmed(made, now=timezone.now())

    client(cast).post(page_of(made, "verschieben/"), {"roughly": "2126-23", "reason": "Der Saal wird saniert."})

    changed = Event.objects.get(pk=made.pk)
    assert (changed.date_text, changed.starts_at, changed.door) == ("2126-23", None, "none")
    assert Registration.objects.get(pk=ada.pk).state == RegistrationState.CONFIRMED
    page = client(cast).get(f"/veranstaltungen/{made.slug}/").content.decode()
    assert "Anmeldung geschlossen" in page
    assert "Ohne Anmeldung" not in page
    form = client(cast).get(f"/veranstaltungen/{made.slug}/anmelden/")
    assert form.status_code == 200
    assert "Der neue Termin steht noch nicht fest" in form.content.decode()


def test_registration_that_rested_opens_with_the_firm_date_and_the_first_date_stays_named(cast: Cast) -> None:
    made = published(cast)
    Event.objects.filter(pk=made.pk).update(closes_at=made.starts_at - timedelta(days=1))
    why = {"reason": "Der Saal wird saniert."}
    client(cast).post(page_of(made, "verschieben/"), why | {"roughly": "2126-23"})
    client(cast).post(page_of(made, "verschieben/"), why | {"roughly": "2127-02"})

    answer = client(cast).post(page_of(made, "verschieben/"), why | {"day": "2127-02-03", "time": "18:00"}, follow=True)

    changed = Event.objects.get(pk=made.pk)
    assert (changed.door, changed.closes_at, changed.postponed_from) == ("here", None, "1. Juni 2126 18:00")
    assert "Anmeldung ist wieder offen" in answer.content.decode()
    assert 'name="email"' in client(cast).get(f"/veranstaltungen/{made.slug}/anmelden/").content.decode()


def test_event_without_registration_that_is_postponed_stays_without(cast: Cast) -> None:
    made = published(cast)
    Event.objects.filter(pk=made.pk).update(door="none", closes_at=made.starts_at)

    client(cast).post(page_of(made, "verschieben/"), {"roughly": "2126-23", "reason": "Der Saal wird saniert."})

    assert "Ohne Anmeldung" in client(cast).get(f"/veranstaltungen/{made.slug}/").content.decode()
    client(cast).post(page_of(made, "wann/"), typed(Event.objects.get(pk=made.pk), "when", roughly="", day="2127-02-03", time="18:00"))  # fmt: skip
    assert Event.objects.get(pk=made.pk).door == "none"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": "2020-01-01", "time": "18:00"}, "in der Vergangenheit"),
        ({"day": "2126-06-01", "time": "18:00", "end_time": "20:00"}, "hat sie schon"),
        ({"day": "2126-07-01", "time": "18:00", "reason": ""}, "Diese Angabe fehlt noch"),
        ({}, "Bitte nennen Sie den Tag"),
    ],
)
def test_bad_postponement_changes_nothing(cast: Cast, values: dict, sentence: str) -> None:
    made = published(cast)

    answer = client(cast).post(page_of(made, "verschieben/"), {"reason": "Weil."} | values)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Event.objects.get(pk=made.pk).starts_at == made.starts_at
    assert told() == []


def test_cancelled_event_tells_everybody_once_and_offers_nothing_on(cast: Cast) -> None:
    made = published(cast)
    client(cast).post(page_of(made, "anmeldung/"), typed(made, "registration", room_seats="1"))
    confirmed(made, "Ada", now=timezone.now())
    bob = confirmed(made, "Bob", now=timezone.now())

    client(cast).post(page_of(made, "absagen/"), {"reason": "Zu wenige Anmeldungen."})
    again = client(cast).post(page_of(made, "absagen/"), {"reason": "Nochmal."}, follow=True)

    changed = Event.objects.get(pk=made.pk)
    assert (changed.state, changed.reason) == ("cancelled", "Zu wenige Anmeldungen.")
    assert changed.sequence == made.sequence + 1
    assert "abgesagt" in again.content.decode()
    assert set(told()) == {"event_cancelled"}
    assert Entry.objects.filter(action="events.cancelled").count() == 1
    assert seats.offer_on(seats.locked(made.allotments.get().pk), timezone.now()) == []
    assert Registration.objects.get(pk=bob.pk).state == RegistrationState.WAITING


def test_cancelled_event_stays_as_it_is(cast: Cast) -> None:
    made = event(cast.olpe, state="cancelled")

    page = client(cast).get(page_of(made, "wann/"), follow=True).content.decode()
    answer = client(cast).post(page_of(made, "wann/"), typed(made, "when", end_time="23:00"))

    assert "abgesagt und bleibt" in page
    assert answer.status_code == 400
    assert "abgesagt und bleibt" in answer.content.decode()
    assert Event.objects.get(pk=made.pk).starts_at == made.starts_at


# --- questions, programme, documents ----------------------------------------------------------------------------------
def rows(page: str, count: int, **values: str) -> dict[str, str]:
    """A list of rows as the page sends it."""
    base = page.split('name="base_rows" value="')[1].split('"', maxsplit=1)[0]
    head = {"base_rows": base, "rows-TOTAL_FORMS": str(count), "rows-INITIAL_FORMS": str(max(count - 1, 0))}
    return head | {f"rows-{name.replace('__', '-', 1)}": value for name, value in values.items()}


def question_rows(cast: Cast, made: Event, labels: list[str], **more: str) -> dict[str, str]:
    page = client(cast).get(page_of(made, "fragen/")).content.decode()
    saved = {found.label: str(found.pk) for found in made.questions.all()}
    sent = rows(page, len(labels) + 1)
    for place, label in enumerate(labels):
        sent |= {f"rows-{place}-label": label, f"rows-{place}-kind": "text", f"rows-{place}-id": saved.get(label, "")}
    return sent | {f"rows-{len(labels)}-kind": "text"} | more


def labels_of(made: Event) -> list[str]:
    return [found.label for found in made.questions.all()]


def test_questions_are_added_moved_and_deleted_without_javascript(cast: Cast) -> None:
    made = draft(cast)
    at = page_of(made, "fragen/")

    client(cast).post(at, question_rows(cast, made, ["Eins", "Zwei", "Drei"], more="1"))
    assert labels_of(made) == ["Eins", "Zwei", "Drei"]
    ids = set(made.questions.values_list("pk", flat=True))

    client(cast).post(at, question_rows(cast, made, ["Eins", "Zwei", "Drei"], up="2"))
    assert labels_of(made) == ["Eins", "Drei", "Zwei"]
    client(cast).post(at, question_rows(cast, made, ["Eins", "Drei", "Zwei"], down="0"))
    assert labels_of(made) == ["Drei", "Eins", "Zwei"]
    assert set(made.questions.values_list("pk", flat=True)) == ids

    client(cast).post(at, question_rows(cast, made, ["Drei", "Eins", "Zwei"], delete="1"))
    assert labels_of(made) == ["Drei", "Zwei"]


def test_choice_needs_answers_to_choose_from(cast: Cast) -> None:
    made = draft(cast)
    sent = question_rows(cast, made, ["Was essen Sie?"]) | {"rows-0-kind": "choice", "rows-0-options": "Suppe\n\nSuppe"}

    refused = client(cast).post(page_of(made, "fragen/"), sent)
    assert refused.status_code == 400
    assert "mindestens zwei Antworten" in refused.content.decode()
    assert "Was essen Sie?" in refused.content.decode()

    client(cast).post(page_of(made, "fragen/"), sent | {"rows-0-options": "Suppe\nSalat"})
    assert made.questions.get().options == ["Suppe", "Salat"]


def test_answered_question_keeps_its_kind(cast: Cast) -> None:
    made = published(cast)
    question = made.questions.create(label="Amt?", kind="text")
    ada = confirmed(made, now=timezone.now())
    Registration.objects.filter(pk=ada.pk).update(answers={question.field: "Bauamt"})

    answer = client(cast).post(
        page_of(made, "fragen/"), question_rows(cast, made, ["Amt?"]) | {"rows-0-kind": "number"}
    )

    assert answer.status_code == 400
    assert "beantwortet" in answer.content.decode()


def test_two_who_write_questions_at_once_lose_nothing(cast: Cast) -> None:
    made = draft(cast)
    mine = question_rows(cast, made, ["Meine"])
    client(cast, "olpe_releaser").post(page_of(made, "fragen/"), question_rows(cast, made, ["Ihre"]))

    answer = client(cast).post(page_of(made, "fragen/"), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ihre" in page
    assert "Meine" in page
    assert labels_of(made) == ["Ihre"]
    again = mine | {"base_rows": page.split('name="base_rows" value="')[1].split('"')[0]}
    client(cast).post(page_of(made, "fragen/"), again)
    assert labels_of(made) == ["Meine"]


def test_programme_is_kept_in_order(cast: Cast) -> None:
    made = draft(cast)
    page = client(cast).get(page_of(made, "programm/")).content.decode()
    sent = rows(page, 3, **{"0__at": "18:00", "0__title": "Begrüßung", "1__title": "Vortrag", "1__speakers": "Amt"})

    client(cast).post(page_of(made, "programm/"), sent)

    assert [(f"{one.at or ''}", one.title) for one in made.programme.all()] == [
        ("18:00:00", "Begrüßung"),
        ("", "Vortrag"),
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"file": upload(b"no pdf")}, "kein PDF"),
        ({"file": upload(pdf(OpenAction=script()))}, "Skripte"),
        ({"file": upload(b"")}, "Die Datei ist leer"),
        ({}, "Wählen Sie ein PDF"),
        ({"url": "ftp:/x y"}, "gültige"),
    ],
)
def test_document_that_is_none_is_refused(cast: Cast, values: dict, sentence: str) -> None:
    made = draft(cast)
    if "file" in values:
        values["file"].seek(0)

    answer = client(cast).post(page_of(made, "unterlagen/"), {"title": "Folien", "kind": "slides"} | values)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not made.documents.exists()


def test_document_is_added_and_removed_with_its_file(cast: Cast, django_capture_on_commit_callbacks) -> None:
    made = draft(cast)
    client(cast).post(page_of(made, "unterlagen/"), {"title": "Folien", "kind": "slides", "file": upload()})
    document = made.documents.get()
    assert document.file.storage.exists(document.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        client(cast).post(page_of(made, f"unterlagen/{document.pk}/entfernen/"))

    assert not made.documents.exists()
    assert not document.file.storage.exists(document.file.name)


# --- series -----------------------------------------------------------------------------------------------------------
def test_series_is_begun_filled_and_changed_by_one_at_a_time(cast: Cast) -> None:
    client(cast).post(f"{DESK}reihen/", {"title": "Klassentreffen", "text": "Jedes Quartal", "at_once": "on"})
    series = Series.objects.get()
    made = draft(cast)
    client(cast).post(page_of(made, "bezug/"), typed(made, "about", series=series.slug))
    made.refresh_from_db()
    assert made.series == series

    page = client(cast).get(f"{DESK}reihen/klassentreffen/").content.decode()
    bases = {name: page.split(f'name="base_{name}" value="')[1].split('"')[0] for name in ("title", "text", "at_once")}
    sent = {f"base_{name}": base for name, base in bases.items()} | {"title": "Treffen", "text": "Jedes Quartal", "at_once": "on"}  # fmt: skip
    client(cast).post(f"{DESK}reihen/klassentreffen/", sent)
    answer = client(cast, "olpe_releaser").post(f"{DESK}reihen/klassentreffen/", sent | {"title": "Runde"})

    assert answer.status_code == 409
    assert "Treffen" in answer.content.decode()
    assert 'value="Runde"' in answer.content.decode()
    assert Series.objects.get().title == "Treffen"


# --- whose desk -------------------------------------------------------------------------------------------------------
def test_event_of_another_organisation_is_not_found_at_the_own_desk(cast: Cast) -> None:
    other = event(cast.soest)

    assert client(cast).get(f"{DESK}{other.slug}/").status_code == 404
    assert client(cast).get(f"/verwaltung/soest/veranstaltungen/{other.slug}/").status_code == 403


def test_trail_holds_no_text(cast: Cast) -> None:
    made = published(cast)
    client(cast).post(page_of(made, "worum/"), typed(made, "what", text="Geheimes Wort", contact_email="x@y.example"))

    assert "Geheimes" not in str(list(Entry.objects.values()))
    assert "x@y.example" not in str(list(Entry.objects.values()))


def queries_of(cast: Cast, path: str) -> int:
    browser = client(cast)
    browser.get(path)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(path).status_code == 200
    return len(found)


@pytest.mark.parametrize("path", ["", "abend/", "abend/fragen/", "abend/bezug/", "abend/unterlagen/", "neu/"])
def test_desk_takes_the_same_queries_for_few_and_many(cast: Cast, path: str) -> None:
    first = event(cast.olpe, slug="abend", state="draft", title="Abend")
    for place in range(3):
        event(cast.olpe, starts_at=timezone.now() + timedelta(weeks=52 * place - 52))
    few = queries_of(cast, DESK + path)

    for number in range(6):
        event(cast.olpe, state="draft" if number % 2 else "published", title=f"Weitere {number}")
        event(cast.olpe, starts_at=timezone.now() - timedelta(weeks=60 + number))
        first.questions.create(label=f"Frage {number}", kind="text")
        first.documents.create(title=f"Link {number}", url="https://example.org")

    assert queries_of(cast, DESK + path) == few
