"""What other mail servers report, as they write it, through the real command."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import OperationalError

from andock.kernel.jobs import queue
from andock.kernel.jobs.worker import Worker
from andock.notifications.bounces import receive
from andock.notifications.choices import State
from andock.notifications.delivery import message_id_of
from andock.notifications.models import Message
from andock.notifications.services import Sender, send_message

if TYPE_CHECKING:
    from .conftest import Postmaster

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mx.olpe.example
To: bounces@andock.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain; charset=us-ascii

Unknown user.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.olpe.example

Final-Recipient: rfc822; anna@olpe.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <anna@olpe.example>: Recipient address rejected

--grenze
Content-Type: {enclosed}

{inner}
--grenze--
"""
WHOLE = """\
From: region@andock.example
Subject: Neues
Message-ID: {message_id}
Content-Type: text/plain

Guten Tag"""
HEAD = """\
Subject: Neues
Message-ID: {message_id}
"""


@pytest.fixture
def sent(mail_server: Postmaster) -> Message:
    message = send_message(
        to="anna@olpe.example", subject="Neues", text="Guten Tag", key="news:1", sender=Sender("Stadt Olpe")
    )
    Worker().run_until_idle()
    return message


def report(message_id: str, *, action: str = "failed", status: str = "5.1.1", whole: bool = True) -> bytes:
    inner = (WHOLE if whole else HEAD).format(message_id=message_id)
    enclosed = "message/rfc822" if whole else "text/rfc822-headers"
    return REPORT.format(action=action, status=status, enclosed=enclosed, inner=inner).encode()


def state_of(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def announced() -> int:
    return queue.jobs().filter(task_path="andock.events.tasks.bounced").count()


@pytest.mark.parametrize("whole", [True, False], ids=["whole mail", "head only"])
def test_report_that_a_mail_failed_is_noted_and_announced_once(sent: Message, whole: bool) -> None:
    raw = report(message_id_of(sent), whole=whole)

    assert receive(raw) == sent
    assert receive(raw) is None

    assert (state_of(sent), announced()) == (State.BOUNCED, 1)


def test_report_with_crlf_as_servers_send_it_is_read(sent: Message) -> None:
    assert receive(report(message_id_of(sent)).replace(b"\n", b"\r\n")) == sent


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_anything_but_a_failure_for_good_changes_nothing(sent: Message, action: str, status: str) -> None:
    assert receive(report(message_id_of(sent), action=action, status=status)) is None

    assert (state_of(sent), announced()) == (State.SENT, 0)


@pytest.mark.parametrize(
    "message_id", ["<{pk}." + "0" * 40 + "@andock.example>", "<999999999999999999.{rest}>", "<x@olpe.example>", ""]
)
def test_made_up_message_id_changes_nothing(sent: Message, message_id: str) -> None:
    rest = message_id_of(sent).partition(".")[2].rstrip(">")

    assert receive(report(message_id.format(pk=sent.pk, rest=rest))) is None

    assert state_of(sent) == State.SENT


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Ich bin im Urlaub\n\nBis Montag.",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nnot multipart",
        b'Content-Type: multipart/report; boundary="a"\n\n--a\nContent-Type: message/delivery-status\n\n\n--a--\n',
        b'Content-Type: multipart/report; boundary="a"\n\n--a\nContent-Type: message/rfc822\n\n--a--\n',
    ],
)
def test_other_mail_to_that_address_is_let_go(raw: bytes) -> None:
    assert receive(raw) is None


def test_report_cut_off_by_a_server_is_no_error(sent: Message) -> None:
    raw = report(message_id_of(sent))

    assert [receive(raw[:end]) for end in range(0, raw.index(b"Message-ID"), 40)] == [None] * len(
        range(0, raw.index(b"Message-ID"), 40)
    )


def test_mail_of_the_site_itself_that_comes_back_is_a_failure_the_doctor_sees(mail_server: Postmaster) -> None:
    message = send_message(to="anna@olpe.example", subject="Neues", text="Guten Tag", key="news:1")
    Worker().run_until_idle()

    receive(report(message_id_of(message)))

    assert state_of(message) == State.FAILED


class Pipe:
    """Standard input as a mail server fills it."""

    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def test_command_reads_standard_input(sent: Message, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", Pipe(report(message_id_of(sent))))

    call_command("receive_bounce")

    assert state_of(sent) == State.BOUNCED
    assert "anna" not in capsys.readouterr().out


def test_command_without_database_asks_to_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_raw: bytes) -> None:
        raise OperationalError

    monkeypatch.setattr("sys.stdin", Pipe(b""))
    monkeypatch.setattr("andock.notifications.management.commands.receive_bounce.receive", gone)

    with pytest.raises(SystemExit, match="75"):
        call_command("receive_bounce")
