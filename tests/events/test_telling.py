"""Telling many: a change, a cancellation, a room that moved, in steps."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from andock.events.addresses import token_of
from andock.events.choices import Occasion, RegistrationState
from andock.events.models import Event, Registration
from andock.events.services import publishing, telling
from andock.events.services.messaging import send
from andock.events.services.registering import cancel, confirm, register
from andock.events.services.telling import STEP
from andock.events.timing import Timing
from andock.kernel.jobs import queue
from andock.notifications.models import Message
from tests.accounts.cast import Cast
from tests.factories.events import VISITOR, confirmed, entry, event, registered

from .post import last_mail, mails_to, occasions, run_jobs, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings) -> None:
    settings.ANDOCK_DEMO = True


def now():
    return timezone.now()


def coming(cast: Cast, **values) -> Event:
    return event(cast.olpe, starts_at=now() + timedelta(weeks=4), **values)


def entry_in(message: Message) -> icalendar.Event:
    [found] = icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")
    return found


def test_change_is_told_to_whom_it_concerns_and_to_no_others(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    gone = confirmed(made, "Cem", now=now())
    cancel(actor=VISITOR, registration=gone, now=now())
    unknown = registered(made, "Dora", now=now())
    run_jobs()

    tell(made, Occasion.EVENT_CHANGED)
    run_jobs()

    assert [occasions(one)[-1] for one in (ada, bob, gone, unknown)] == [
        "event_changed", "event_changed", "cancelled", "confirm",
    ]  # fmt: skip


def test_change_updates_the_entry_of_those_who_come(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    run_jobs()
    first = entry_in(last_mail(ada))

    made.venue = "Saal"
    made.save()
    tell(made, Occasion.EVENT_CHANGED)
    run_jobs()

    second = entry_in(last_mail(ada))
    assert (str(second.uid), second.location) == (str(first.uid), "Saal")
    assert second.sequence > first.sequence
    assert last_mail(bob).calendar == ""


def test_cancelled_event_is_told_with_the_reason_and_leaves_the_calendar(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    run_jobs()

    Event.objects.filter(pk=made.pk).update(state="cancelled", reason="Der Saal ist gesperrt.")
    made.refresh_from_db()
    tell(made, Occasion.EVENT_CANCELLED)
    run_jobs()

    assert [occasions(one)[-1] for one in (ada, bob)] == ["event_cancelled", "event_cancelled"]
    assert "Der Saal ist gesperrt." in last_mail(ada).text
    assert ada.code not in last_mail(ada).text
    assert (str(entry_in(last_mail(ada)).status), last_mail(bob).calendar) == ("CANCELLED", "")


def put_off(cast: Cast, made: Event, when: Timing) -> None:
    publishing.postpone(actor=cast.olpe_editor, event=made, when=when, reason="Der Saal ist gesperrt.", now=now())


def test_event_put_off_without_a_day_leaves_the_calendar_until_the_day_is_known(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    run_jobs()

    put_off(cast, made, Timing(date_text="2126-23"))
    run_jobs()

    struck = last_mail(ada)
    assert (str(entry_in(struck).status), entry_in(struck).sequence) == ("CANCELLED", 1)
    assert "Sobald der neue Termin feststeht, schreiben wir Ihnen wieder." in struck.text
    assert "Kalender" not in struck.text
    assert last_mail(bob).calendar == ""

    put_off(cast, made, Timing(now() + timedelta(weeks=9)))
    run_jobs()

    assert (str(entry_in(last_mail(ada)).status), entry_in(last_mail(ada)).sequence) == ("CONFIRMED", 2)


def test_event_put_off_without_a_day_and_then_cancelled_is_told_to_everybody(cast: Cast) -> None:
    made = coming(cast, seats=5)
    ada, bob, cem = (confirmed(made, name, now=now()) for name in ("Ada", "Bob", "Cem"))
    run_jobs()
    put_off(cast, made, Timing(date_text="2126-23"))
    cancel(actor=VISITOR, registration=cem, now=now())
    publishing.cancel(actor=cast.olpe_editor, event=made, reason="Zu wenige Anmeldungen.", now=now())
    run_jobs()

    assert [occasions(one)[-1] for one in (ada, bob)] == ["event_cancelled", "event_cancelled"]
    assert str(entry_in(last_mail(ada)).status) == "CANCELLED"
    assert not queue.jobs().exclude(status="SUCCESSFUL").exists()


def test_change_overtaken_by_the_cancellation_is_not_told_any_more(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())
    run_jobs()
    tell(made, Occasion.EVENT_CHANGED)
    Event.objects.filter(pk=made.pk).update(state="cancelled")
    tell(made, Occasion.EVENT_CANCELLED)
    run_jobs()

    assert occasions(ada) == ["confirmed", "event_cancelled"]


def test_each_change_is_told_and_each_once(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())
    run_jobs()
    for _number in range(2):
        tell(made, Occasion.EVENT_CHANGED)
    run_jobs()
    queue.jobs().update(status="READY", worker_ids=[])  # as if every job had died before it was noted as done
    run_jobs()

    assert occasions(ada) == ["confirmed", "event_changed", "event_changed"]
    assert [entry_in(found).sequence for found in mails_to(ada)] == [0, 2, 2]  # each says how things stand


def test_moved_room_is_told_to_those_who_attend_online(cast: Cast) -> None:
    made = coming(cast, format="hybrid", online_url="https://raum.example/alt")
    people = []
    for name, way in (("Ada", "room"), ("Bob", "online")):
        allotment = made.allotments.get(attendance=way)
        one = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(name), now=now())
        people.append(confirm(actor=VISITOR, registration=one, now=now()))
    run_jobs()

    Event.objects.filter(pk=made.pk).update(online_url="https://raum.example/neu")
    tell(made, Occasion.ROOM_MOVED)
    run_jobs()

    assert [occasions(one)[-1] for one in people] == ["confirmed", "room_moved"]
    assert "https://raum.example/neu" in last_mail(people[1]).text
    assert "https://raum.example/neu" in str(entry_in(last_mail(people[1])).location)


def test_room_that_follows_is_promised_and_then_told(cast: Cast) -> None:
    made = coming(cast, format="hybrid", venue="Rathaus")
    online = made.allotments.get(attendance="online")
    one = register(actor=VISITOR, allotment_id=online.pk, entry=entry("Bob"), now=now())
    bob = confirm(actor=VISITOR, registration=one, now=now())
    run_jobs()
    assert "Wir schicken ihn Ihnen per E-Mail" in last_mail(bob).text
    assert "Rathaus" not in str(entry_in(last_mail(bob)).location)
    assert "Wir schicken ihn Ihnen per E-Mail" in Client().get(f"/veranstaltungen/anmeldung/{token_of(bob)}/").content.decode()  # fmt: skip

    Event.objects.filter(pk=made.pk).update(online_url="https://raum.example/neu")
    tell(made, Occasion.ROOM_KNOWN)
    run_jobs()

    assert occasions(bob)[-1] == "room_known"
    assert "https://raum.example/neu" in last_mail(bob).text
    assert "umgezogen" not in last_mail(bob).text
    assert entry_in(last_mail(bob)).location == "https://raum.example/neu"


def test_who_comes_after_the_change_knows_already(cast: Cast) -> None:
    made = coming(cast)
    tell(made, Occasion.EVENT_CHANGED)
    ada = confirmed(made, now=now())
    run_jobs()

    assert occasions(ada) == ["confirmed"]


def test_who_waits_for_a_link_goes_first_and_the_organisers_own_words_last(cast: Cast) -> None:
    made = coming(cast, seats=5)
    confirmed(made, "Ada", now=now())
    run_jobs()
    send(
        actor=cast.olpe_editor, event=made, subject="Zur Anreise", text="Liebe {name}", request_key=uuid4(), now=now(),
        states=[RegistrationState.CONFIRMED],
    )  # fmt: skip
    tell(made, Occasion.EVENT_CHANGED)
    registered(made, "Bob", now=now())
    before = Message.objects.latest("pk").pk
    run_jobs()

    written = Message.objects.filter(pk__gt=before).order_by("pk")
    assert [message.key.split("-")[1] for message in written] == ["confirm", "event_changed", "message"]


def crowd(made: Event, count: int) -> None:
    """Many who come, without the way through the form."""
    allotment = made.allotments.get()
    Registration.objects.bulk_create(
        Registration(
            event=made, allotment=allotment, state=RegistrationState.CONFIRMED, name=f"P{number}", code=f"C{number}",
            email=f"p{number}@example.org", email_key=f"p{number}@example.org", confirmed_at=now(), created_at=now(),
        )
        for number in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("count", [STEP - 1, STEP, 2 * STEP + 1])
def test_all_are_told_once_however_many_steps_it_takes(cast: Cast, count: int) -> None:
    made = coming(cast, seats=None)
    crowd(made, count)

    tell(made, Occasion.EVENT_CHANGED)
    run_jobs()

    told = Message.objects.filter(key__startswith="event-event_changed-").values_list("to", flat=True)
    assert sorted(told) == sorted(made.registrations.values_list("email", flat=True))


def test_step_that_dies_half_way_is_done_again_without_a_second_mail(cast: Cast, monkeypatch) -> None:
    made = coming(cast, seats=None)
    crowd(made, 10)
    tell(made, Occasion.EVENT_CHANGED)
    write, calls = telling.mail.tell, []

    def dies_at_the_fifth(**arguments) -> None:
        calls.append(arguments)
        if len(calls) == 5:
            raise MemoryError
        write(**arguments)

    monkeypatch.setattr(telling.mail, "tell", dies_at_the_fifth)
    run_jobs()
    assert Message.objects.count() == 4
    queue.jobs().filter(status="READY").update(run_after=now() - timedelta(seconds=1))
    run_jobs()

    assert Message.objects.count() == 10
