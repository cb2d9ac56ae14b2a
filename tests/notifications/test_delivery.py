"""From the outbox over a real SMTP connection."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from andock.kernel.jobs import queue
from andock.kernel.jobs.worker import Worker
from andock.notifications.checks import all_delivered
from andock.notifications.choices import State
from andock.notifications.delivery import deliver
from andock.notifications.models import Message
from andock.notifications.services import Sender, send_message

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import SettingsWrapper

    from .conftest import Postmaster

pytestmark = pytest.mark.django_db
ONE_TRY = queue.Policy(attempts=1)


def write(**changes: Any) -> Message:
    words = {
        "to": "anna@olpe.example",
        "subject": "Grüße aus Olpe",
        "text": "Guten Tag,\nes gibt Neues.",
        "key": "news:1",
    }
    return send_message(**{**words, **changes})


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def test_message_is_delivered_with_its_headers(mail_server: Postmaster) -> None:
    message = write(language="en")

    Worker().run_until_idle()

    mail = read(mail_server.taken[0])
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == ("anna@olpe.example", "Grüße aus Olpe", "en")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Guten Tag,", "es gibt Neues."]
    assert "<p>Guten Tag,<br>\nes gibt Neues.</p>" in mail.get_body(("html",)).get_content().replace("\r", "")
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 1, "")
    assert message.sent_at is not None


def test_html_part_is_the_text_escaped_with_its_addresses_as_links(mail_server: Postmaster) -> None:
    write(text="Guten Tag <b>Anna</b>,\n\nWeiter:\nhttps://andock.example/a/?b=1&c=2\n\n-- \nRegion")

    Worker().run_until_idle()

    html = read(mail_server.taken[0]).get_body(("html",)).get_content()
    assert "&lt;b&gt;Anna&lt;/b&gt;" in html
    assert '<a href="https://andock.example/a/?b=1&amp;c=2">Weiter</a>' in html
    assert html.index("<hr>") < html.index("Region")


def test_message_in_somebodys_name_says_so_and_is_answered_there(mail_server: Postmaster) -> None:
    write(sender=Sender('Stadt "Olpe", Grüße', reply_to="info@olpe.example"))

    Worker().run_until_idle()

    mail = read(mail_server.taken[0])
    assert mail["From"].addresses[0].display_name == 'Stadt "Olpe", Grüße'
    assert mail["From"].addresses[0].addr_spec == "region@andock.example"
    assert mail["Reply-To"] == "info@olpe.example"


def test_own_address_stands_in_from_and_what_bounces_goes_to_the_operator(
    mail_server: Postmaster, settings: SettingsWrapper
) -> None:
    settings.ANDOCK_MAIL_BOUNCES = "bounces@andock.example"
    write(sender=Sender("Olpe", address="termine@olpe.example"))

    Worker().run_until_idle()

    assert read(mail_server.taken[0])["From"].addresses[0].addr_spec == "termine@olpe.example"
    assert mail_server.senders == ["bounces@andock.example"]


def test_calendar_travels_as_part_with_its_method_and_as_file(mail_server: Postmaster) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"
    write(calendar=calendar)

    Worker().run_until_idle()

    mail = read(mail_server.taken[0])
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert (part.get_param("method"), part.get_content_charset()) == ("CANCEL", "utf-8")
    assert part.get_content().splitlines() == calendar.splitlines()
    [file] = mail.iter_attachments()
    assert (file.get_filename(), file.get_content().decode()) == ("termin.ics", calendar)


def test_message_sent_is_not_sent_again(mail_server: Postmaster) -> None:
    message = write()
    deliver(message_id=message.pk)

    deliver(message_id=message.pk)

    assert len(mail_server.taken) == 1


def test_message_sent_again_after_a_crash_keeps_its_message_id(mail_server: Postmaster) -> None:
    message = write()
    deliver(message_id=message.pk)
    Message.objects.update(state=State.WAITING)  # as if the process had died before it could note the success

    deliver(message_id=message.pk)

    first, second = (read(raw)["Message-ID"] for raw in mail_server.taken)
    assert first == second
    assert first.endswith("@andock.example>")
    assert "news" not in first


@pytest.mark.parametrize("answer", ["451 greylisted, come back", "421 busy"])
def test_server_that_puts_off_is_asked_again(mail_server: Postmaster, answer: str) -> None:
    message = write()
    mail_server.answer = answer

    Worker().run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert queue.jobs().get().status == "READY"
    mail_server.answer = "250 OK"
    deliver(message_id=message.pk)
    assert len(mail_server.taken) == 1


def test_recipient_unknown_to_the_server_is_given_up_at_once(mail_server: Postmaster) -> None:
    message = write()
    mail_server.recipient_answer = "550 no such user anna@olpe.example"

    Worker().run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.FAILED, "SMTPRecipientsRefused")
    assert queue.dead().get().exception_class_path == "smtplib.SMTPRecipientsRefused"
    assert "anna" not in queue.dead().get().traceback


def test_address_refused_to_somebody_elses_mail_is_theirs_and_no_dead_letter(mail_server: Postmaster) -> None:
    message = write(sender=Sender("Stadt Olpe"))
    mail_server.recipient_answer = "550 5.1.1 no such user"

    Worker().run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.BOUNCED, 1)
    assert not queue.dead().exists()
    assert [finding.is_good for finding in all_delivered()] == [True]
    assert queue.jobs().filter(task_path="andock.events.tasks.bounced").count() == 1


@pytest.mark.parametrize(
    ("answer", "state"), [("550 5.1.1 no such user", State.BOUNCED), ("554 5.7.1 looks like spam", State.FAILED)]
)
def test_refusal_after_the_content_is_about_the_address_only_if_it_says_so(
    mail_server: Postmaster, answer: str, state: str
) -> None:
    message = write(sender=Sender("Stadt Olpe"))
    mail_server.answer = answer

    Worker().run_until_idle()

    message.refresh_from_db()
    assert message.state == state


def test_content_refused_is_given_up_at_once(mail_server: Postmaster) -> None:
    message = write()
    mail_server.answer = "554 looks like spam"

    Worker().run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.FAILED, "SMTPDataError")


def test_slow_server_does_not_hold_the_worker_up(mail_server: Postmaster) -> None:
    message = write()
    mail_server.delay = 1.5  # longer than EMAIL_TIMEOUT

    Worker().run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.WAITING, "SMTPServerDisconnected")


def test_server_that_is_away_is_asked_again(settings: SettingsWrapper) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = write()

    with pytest.raises((OSError, smtplib.SMTPException)):
        deliver(message_id=message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.WAITING, "ConnectionRefusedError")


def test_mail_without_tries_left_is_not_delivered_until_it_is_sent_again(mail_server: Postmaster) -> None:
    message = write()
    mail_server.recipient_answer = "451 try later"

    Worker(policy=ONE_TRY).run_until_idle()

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.FAILED, "SMTPRecipientsRefused")
    assert [finding.is_good for finding in all_delivered()] == [False]

    mail_server.recipient_answer = "250 OK"
    assert queue.retry() == 1
    Worker().run_until_idle()

    message.refresh_from_db()
    assert message.state == State.SENT
    assert [finding.is_good for finding in all_delivered()] == [True]


def test_demo_keeps_the_mail_instead_of_sending(mail_server: Postmaster, settings: SettingsWrapper) -> None:
    settings.ANDOCK_DEMO = True
    message = write()

    Worker().run_until_idle()

    message.refresh_from_db()
    assert message.state == State.KEPT
    assert mail_server.taken == []
