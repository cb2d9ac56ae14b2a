"""What the organiser writes to those who registered."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from andock.audit.models import Entry
from andock.events.choices import RegistrationState
from andock.events.letters import PLACEHOLDERS, fill, own_words, values_of
from andock.events.message_form import MessageForm
from andock.events.models import Event, EventMessage
from andock.events.services.messaging import preview, recipients, send
from andock.events.services.registering import SentBefore, cancel
from andock.kernel.jobs import queue
from andock.kernel.permissions import Denied
from andock.notifications.delivery import as_mail
from tests.accounts.cast import Cast
from tests.factories.events import VISITOR, confirmed, event, registered

from .post import last_mail, occasions, run_jobs

pytestmark = pytest.mark.django_db
COMING = [RegistrationState.CONFIRMED]


@pytest.fixture(autouse=True)
def kept(settings) -> None:
    settings.ANDOCK_DEMO = True


def now():
    return timezone.now()


def coming(cast: Cast, **values) -> Event:
    return event(cast.olpe, starts_at=now() + timedelta(weeks=4), **values)


def written(cast: Cast, made: Event, **changes) -> EventMessage:
    words = {
        "actor": cast.olpe_editor, "event": made, "subject": "Zu {titel}", "text": "Liebe {name},\n\nbis dann: {beginn}",
        "states": COMING, "request_key": uuid4(), "now": now(),
    }  # fmt: skip
    return send(**words | changes)


def test_message_reaches_those_who_were_chosen_with_their_own_words(cast: Cast) -> None:
    made = coming(cast, seats=1, title="Abend")
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    written(cast, made)
    run_jobs()

    assert (occasions(ada)[-1], occasions(bob)[-1]) == ("message", "waiting")
    assert last_mail(ada).subject == "Zu Abend"
    assert last_mail(ada).text.startswith("Liebe Ada,\n\nbis dann: ")
    assert "/veranstaltungen/anmeldung/" in last_mail(ada).text


def test_message_to_those_who_wait_reaches_them_only(cast: Cast) -> None:
    made = coming(cast, seats=1)
    ada, bob = confirmed(made, "Ada", now=now()), confirmed(made, "Bob", now=now())
    written(cast, made, states=[RegistrationState.WAITING])
    run_jobs()

    assert (occasions(ada)[-1], occasions(bob)[-1]) == ("confirmed", "message")


def test_message_is_kept_for_the_trail_with_its_author(cast: Cast) -> None:
    made = coming(cast, seats=5)
    confirmed(made, "Ada", now=now())
    gone = confirmed(made, "Bob", now=now())
    cancel(actor=VISITOR, registration=gone, now=now())
    registered(made, "Cem", now=now())

    found = written(cast, made)

    assert (found.recipients, found.written_by, found.states) == (1, cast.olpe_editor, ["confirmed"])
    trace = Entry.objects.get(action="events.message_sent")
    assert trace.data == {"event": made.slug, "recipients": 1}


def test_form_sent_twice_is_one_message(cast: Cast) -> None:
    made, key = coming(cast), uuid4()
    ada = confirmed(made, now=now())
    assert written(cast, made, request_key=key) == written(cast, made, request_key=key)
    run_jobs()
    queue.jobs().update(status="READY", worker_ids=[])
    run_jobs()

    assert occasions(ada).count("message") == 1


@pytest.mark.parametrize(
    "other",
    [{"subject": "Anders"}, {"text": "Anders"}, {"states": [RegistrationState.CONFIRMED, RegistrationState.WAITING]}],
)
def test_form_sent_again_with_something_else_in_it_is_not_taken_for_the_first(cast: Cast, other: dict) -> None:
    made, key = coming(cast), uuid4()
    confirmed(made, now=now())
    written(cast, made, request_key=key)

    with pytest.raises(SentBefore, match="mit anderen Worten"):
        written(cast, made, request_key=key, **other)
    assert EventMessage.objects.count() == 1


def test_two_messages_are_two_mails(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())
    written(cast, made)
    written(cast, made)
    run_jobs()

    assert occasions(ada).count("message") == 2


def test_nobody_else_writes_to_the_participants(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())

    for stranger in (cast.olpe_reader, cast.olpe_moderator, cast.soest_releaser, cast.coordinator, cast.resident):
        with pytest.raises(Denied):
            written(cast, made, actor=stranger)
        with pytest.raises(Denied):
            preview(actor=stranger, registration=ada, subject="x", text="x")
    assert not EventMessage.objects.exists()


def test_preview_is_what_the_person_gets(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, now=now())

    shown = preview(actor=cast.olpe_editor, registration=ada, subject="Zu {titel}", text="Liebe {name}")
    written(cast, made, text="Liebe {name}")
    run_jobs()

    assert shown == (last_mail(ada).subject, last_mail(ada).text)


def test_who_registers_later_gets_no_old_message(cast: Cast) -> None:
    made = coming(cast, seats=5)
    written(cast, made)
    ada = confirmed(made, now=now())
    run_jobs()

    assert "message" not in occasions(ada)


def test_unconfirmed_and_cancelled_people_are_not_counted_whatever_is_asked(cast: Cast) -> None:
    made = coming(cast, seats=5)
    registered(made, "Ada", now=now())

    assert recipients(made, list(RegistrationState), now()) == 0


# --- placeholders ---------------------------------------------------------------------------------------------------------
def form(**changes) -> MessageForm:
    words = {"subject": "Zu {titel}", "text": "Liebe {name}", "states": ["confirmed"], "request_key": str(uuid4())}
    return MessageForm(words | changes)


def test_form_takes_every_placeholder() -> None:
    assert form(text=" ".join(f"{{{word}}}" for word in PLACEHOLDERS)).is_valid()


@pytest.mark.parametrize(
    "word", ["{email}", "{name.__class__}", "{name!r}", "{0}", "{}", "{event.online_url}", "{{name}}", "{% load x %}"]
)
@pytest.mark.parametrize("field", ["subject", "text"])
def test_form_refuses_any_other_and_says_which_there_are(field: str, word: str) -> None:
    filled = form(**{field: f"Hallo {word}"})

    if word == "{{name}}":  # the inner pair is a placeholder, the outer braces are text
        assert filled.is_valid()
        return
    assert not filled.is_valid()
    assert "{name}, {titel}, {beginn}, {ort}, {link}" in filled.errors[field][0]
    assert filled[field].value() == f"Hallo {word}"


@pytest.mark.parametrize("states", [[], ["unconfirmed"], ["cancelled"], ["x"]])
def test_form_writes_only_to_those_one_may_write_to(states: list[str]) -> None:
    assert "states" in form(states=states).errors


def test_form_makes_the_subject_one_line() -> None:
    filled = form(subject="Zu\r\nBcc: x@evil.example")

    assert filled.is_valid()
    assert filled.cleaned_data["subject"] == "Zu Bcc: x@evil.example"


def test_placeholder_inside_a_value_stays_text(cast: Cast) -> None:
    ada = confirmed(coming(cast, title="{name}"), email="ada@example.org", name="{link}", now=now())

    assert fill("{name} {titel}", values_of(ada)) == "{link} {name}"


def test_name_in_a_message_is_no_link_and_no_markup(cast: Cast) -> None:
    made = coming(cast)
    ada = confirmed(made, email="ada@example.org", name="<i>https://evil.example</i>", now=now())
    written(cast, made, text="Liebe {name}, siehe https://olpe.example/a")
    run_jobs()

    html = as_mail(last_mail(ada)).alternatives[0].content
    assert 'href="https://evil' not in html
    assert "<i>" not in html
    assert '<a href="https://olpe.example/a">' in html


def test_values_are_plain_text_in_the_persons_language(cast: Cast) -> None:
    ada = confirmed(coming(cast, venue="Saal", town="Olpe"), language="en", now=now())
    with translation.override("en"):
        subject, text = own_words(ada, EventMessage(subject="{ort}", text="{link}"))

    assert subject == "Saal, Olpe"
    assert "/en/veranstaltungen/anmeldung/" in text
