"""What people who registered are told."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from django.utils import timezone, translation

from andock.events import mail
from andock.events.choices import Occasion, RegistrationState
from andock.events.letters import LETTERS, letter
from andock.events.models import Registration
from andock.events.services.registering import accept_offer, cancel, change, confirm, register
from andock.notifications.delivery import as_mail
from andock.notifications.links import WORD_JOINER
from andock.notifications.models import Message
from andock.organisations.models import Profile
from tests.accounts.cast import Cast
from tests.factories.events import VISITOR, confirmed, entry, event, registered

from .post import last_mail, mails_to, occasions, run_jobs

pytestmark = pytest.mark.django_db
ROOM = "https://raum.example/abc"


@pytest.fixture(autouse=True)
def kept(settings) -> None:
    """No mail leaves: the demo keeps them."""
    settings.ANDOCK_DEMO = True


def now():
    return timezone.now()


def coming(cast: Cast, **values):
    """An event that is to come by the real clock, which the jobs follow."""
    return event(cast.olpe, starts_at=now() + timedelta(weeks=4), **values)


def entry_in(message: Message) -> icalendar.Event:
    [found] = icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")
    return found


def method_in(message: Message) -> str:
    return str(icalendar.Calendar.from_ical(message.calendar)["METHOD"])


# --- every occasion -----------------------------------------------------------------------------------------------------
def words_for(registration: Registration, occasion: Occasion, language: str) -> tuple[str, str]:
    registration.state = mail.TRUE_IN.get(occasion, (RegistrationState.CONFIRMED,))[0]
    with translation.override(language):
        return letter(registration, occasion, now())


@pytest.mark.parametrize("language", ["de", "en", "de-simple"])
@pytest.mark.parametrize("occasion", LETTERS)
def test_each_occasion_has_words_and_a_way_on(cast: Cast, occasion: Occasion, language: str) -> None:
    ada = confirmed(coming(cast, title="Abend der Ideen"), now=now())

    subject, text = words_for(ada, occasion, language)

    assert subject.endswith(": Abend der Ideen")
    assert text.count("http://") == 1
    assert "%" not in subject + text
    assert text.startswith("Hello Ada,\n" if language == "en" else "Guten Tag Ada,\n")


def test_each_occasion_has_a_subject_of_its_own(cast: Cast) -> None:
    ada = confirmed(coming(cast), now=now())

    subjects = {words_for(ada, occasion, "de")[0] for occasion in LETTERS}

    assert len(subjects) == len(LETTERS) == len(Occasion) - 1  # the organiser's message has the organiser's own words


def test_mail_is_in_the_persons_language(cast: Cast) -> None:
    ada = registered(coming(cast), language="en", now=now())
    run_jobs()

    found = last_mail(ada)
    assert (found.language, found.subject.split(":")[0]) == ("en", "Please confirm")
    assert "/en/veranstaltungen/anmeldung/" in found.text


# --- from the form to the seat --------------------------------------------------------------------------------------------
def test_registering_and_confirming_tells_twice_and_brings_the_calendar_entry(cast: Cast) -> None:
    made = coming(cast)
    ada = registered(made, now=now())
    run_jobs()
    confirm(actor=VISITOR, registration=ada, now=now())
    run_jobs()

    assert occasions(ada) == ["confirm", "confirmed"]
    asked, told = mails_to(ada)
    assert asked.calendar == ""
    assert (method_in(told), str(entry_in(told).uid)) == ("REQUEST", str(made.pk))
    assert ada.code in told.text


def test_person_who_cancels_gets_the_entry_out_of_the_calendar_again(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())
    run_jobs()
    cancel(actor=VISITOR, registration=ada, now=now())
    run_jobs()

    found = last_mail(ada)
    assert (method_in(found), str(entry_in(found).uid)) == ("CANCEL", str(made.pk))
    assert ada.code not in found.text


def test_person_who_only_waited_gets_no_calendar_entry(cast: Cast) -> None:
    made = coming(cast, seats=1)
    confirmed(made, "Ada", now=now())
    bob = confirmed(made, "Bob", now=now())
    run_jobs()
    cancel(actor=VISITOR, registration=bob, now=now())
    run_jobs()

    assert occasions(bob) == ["waiting", "cancelled"]  # "confirm" was no longer true when its turn came
    assert [found.calendar for found in mails_to(bob)] == ["", ""]


def test_offered_seat_is_told_with_its_end_and_taken(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    cancel(actor=VISITOR, registration=ada, now=now())
    run_jobs()
    offered = last_mail(bob)
    accept_offer(actor=VISITOR, registration=bob, now=now())
    run_jobs()

    assert offered.subject.startswith("Ein Platz ist für Sie frei")
    assert occasions(bob)[-1] == "confirmed"
    assert method_in(last_mail(bob)) == "REQUEST"


def test_mail_that_is_no_longer_true_is_not_written(cast: Cast) -> None:
    ada = confirmed(coming(cast), now=now())
    cancel(actor=VISITOR, registration=ada, now=now())
    run_jobs()

    assert occasions(ada) == ["cancelled"]


def test_changed_registration_replaces_the_calendar_entry(cast: Cast) -> None:
    made = coming(cast, seats=5, seats_each=3)
    ada = confirmed(made, now=now())
    change(
        actor=VISITOR, registration=ada, entry=entry(seats=2), allotment_id=made.allotments.get().pk, now=now()
    )  # fmt: skip
    run_jobs()

    assert occasions(ada) == ["confirmed", "changed"]
    assert "Plätze: 2" in last_mail(ada).text
    assert method_in(last_mail(ada)) == "REQUEST"


# --- the online room ----------------------------------------------------------------------------------------------------
def test_only_confirmed_people_who_attend_online_get_the_room(cast: Cast) -> None:
    made = coming(cast, format="hybrid", online_url=ROOM)
    people = {}
    for name, way in (("Ada", "room"), ("Bob", "online"), ("Cem", "online")):
        allotment = made.allotments.get(attendance=way)
        people[name] = register(actor=VISITOR, allotment_id=allotment.pk, entry=entry(name), now=now())
    run_jobs()
    for name in ("Ada", "Bob"):
        confirm(actor=VISITOR, registration=people[name], now=now())
    run_jobs()

    with_room = Message.objects.filter(text__contains=ROOM)
    assert [found.to for found in with_room] == ["bob@example.org"]
    assert [found.to for found in Message.objects.filter(calendar__contains="raum.example")] == ["bob@example.org"]


# --- names and headers ---------------------------------------------------------------------------------------------------
SPAM = "Gewonnen! https://evil.example/x"


def test_nothing_that_was_typed_stands_in_a_mail_to_an_address_nobody_has_confirmed(cast: Cast) -> None:
    made = coming(cast)
    registered(made, email="victim@example.org", name=SPAM, now=now())
    registered(made, email="victim@example.org", name=SPAM, now=now())
    run_jobs()

    assert Message.objects.filter(to="victim@example.org").count() == 2
    assert not Message.objects.filter(text__contains="Gewonnen").exists()
    assert not Message.objects.filter(text__contains="evil").exists()


def test_name_is_never_a_link(cast: Cast) -> None:
    ada = confirmed(coming(cast), email="ada@example.org", name=SPAM, now=now())
    run_jobs()

    found = last_mail(ada)
    html = as_mail(found).alternatives[0].content
    assert "Gewonnen!" in found.text
    assert SPAM not in found.text
    assert SPAM in found.text.replace(WORD_JOINER, "")
    assert 'href="https://evil' not in html


@pytest.mark.parametrize("words", ["x\r\nBcc: all@evil.example", "x\nBcc: all@evil.example", "x\u2028Bcc: a@b.example"])
def test_title_and_name_add_no_header(cast: Cast, words: str) -> None:
    ada = confirmed(coming(cast, title=words, host=words), email="ada@example.org", name=words, now=now())
    run_jobs()

    sent = message_from_bytes(as_mail(last_mail(ada)).message().as_bytes(), policy=policy.default)
    assert set(sent.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    }  # fmt: skip
    assert sent["To"] == "ada@example.org"


def test_name_with_markup_is_shown_as_it_is(cast: Cast) -> None:
    ada = confirmed(coming(cast), email="ada@example.org", name="<b>Ada</b>", now=now())
    run_jobs()

    assert "&lt;b&gt;Ada&lt;" in as_mail(last_mail(ada)).alternatives[0].content.replace(WORD_JOINER, "")


def test_mail_names_nobody_else(cast: Cast) -> None:
    made = coming(cast, seats=5)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    run_jobs()

    words = "".join(found.text + found.calendar + found.subject for found in mails_to(ada))
    assert "Ada" in words
    assert bob.name not in words
    assert bob.email not in words


# --- the sender ----------------------------------------------------------------------------------------------------------
def test_mail_is_in_the_organisers_name_and_answered_by_its_office(cast: Cast, settings) -> None:
    settings.ANDOCK_MAIL_SENDERS = {"olpe": "termine@olpe.example"}
    Profile.objects.create(organisation=cast.olpe, contact_email="rathaus@olpe.example")
    ada = confirmed(coming(cast), now=now())
    bob = confirmed(coming(cast, contact_email="klima@olpe.example"), "Bob", now=now())
    run_jobs()

    first, second = last_mail(ada), last_mail(bob)
    assert (first.sender_name, first.sender_address, first.reply_to) == (
        cast.olpe.name, "termine@olpe.example", "rathaus@olpe.example",
    )  # fmt: skip
    assert second.reply_to == "klima@olpe.example"


def test_organisation_the_operator_does_not_name_writes_from_the_sites_address(cast: Cast, settings) -> None:
    settings.ANDOCK_MAIL_SENDERS = {"soest": "termine@soest.example"}
    ada = confirmed(coming(cast), now=now())
    run_jobs()

    assert (last_mail(ada).sender_address, last_mail(ada).sender_name) == ("", cast.olpe.name)


def test_mail_again_within_the_hour_is_written_once(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())
    moment = now().replace(minute=10)
    for minutes in (0, 5, 70):
        registered(made, now=moment + timedelta(minutes=minutes))
    run_jobs()

    assert occasions(ada) == ["confirmed", "again", "again"]


def test_mail_again_before_the_address_is_confirmed_calls_nobody_registered(cast: Cast) -> None:
    made = coming(cast)
    ada = registered(made, now=now())
    registered(made, "Ada", email="ada@example.org", now=now(), seats=1, companions=["Bob"])
    run_jobs()

    assert occasions(ada) == ["confirm", "again"]
    assert "nicht bestätigt" in last_mail(ada).text
    assert "ist es schon" not in last_mail(ada).text
    assert "schon angemeldet" not in last_mail(ada).text


def test_registration_that_is_gone_or_without_address_is_no_error(cast: Cast) -> None:
    ada, bob = registered(coming(cast), now=now()), registered(coming(cast), "Bob", now=now())
    Registration.objects.filter(pk=bob.pk).update(email="", email_key="")
    ada.delete()
    run_jobs()

    assert not Message.objects.exists()
