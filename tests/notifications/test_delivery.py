"""From the outbox over a real SMTP connection."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from andock.kernel.jobs import queue
from andock.kernel.jobs.worker import Worker
from andock.notifications.checks import all_delivered
from andock.notifications.choices import State
from andock.notifications.delivery import deliver
from andock.notifications.models import Message
from andock.notifications.services import send_message

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import SettingsWrapper

    from .conftest import Postmaster

pytestmark = pytest.mark.django_db
ONE_TRY = queue.Policy(attempts=1)


def write(**changes: str) -> Message:
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
    message = write(html="<p>Guten Tag</p>", language="en")

    Worker().run_until_idle()

    mail = read(mail_server.taken[0])
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == ("anna@olpe.example", "Grüße aus Olpe", "en")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Guten Tag,", "es gibt Neues."]
    assert mail.get_body(("html",)).get_content().strip() == "<p>Guten Tag</p>"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 1, "")
    assert message.sent_at is not None


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
