"""Writing into the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from andock.kernel.jobs import queue
from andock.notifications.models import Message
from andock.notifications.services import MessageRefused, Sender, forget_texts, one_line, send_message

pytestmark = pytest.mark.django_db
WORDS = {"to": "anna@olpe.example", "subject": "Neues", "text": "Guten Tag", "key": "news:1"}


def test_message_and_its_job_vanish_with_the_transaction_that_wrote_them() -> None:
    @transaction.atomic
    def deed_that_fails() -> None:
        send_message(**WORDS)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed_that_fails()

    assert not Message.objects.exists()
    assert not queue.jobs().exists()


def test_message_with_the_same_key_is_written_once() -> None:
    first = send_message(**WORDS)

    second = send_message(**{**WORDS, "subject": "Noch einmal"})

    assert second == first
    assert (Message.objects.get().subject, queue.jobs().count()) == ("Neues", 1)


@pytest.mark.parametrize(
    "words",
    [
        {"subject": "Neues\nBcc: alle@olpe.example"},
        {"subject": "Neues\r\nBcc: alle@olpe.example"},
        {"subject": "Neues\u2028Bcc: alle@olpe.example"},
        {"subject": "Neues\x00"},
        {"subject": "  "},
        {"subject": "x" * 251},
        {"to": "anna@olpe.example\nBcc: alle@olpe.example"},
        {"to": "anna@olpe.example, alle@olpe.example"},
        {"to": "anna"},
        {"sender": Sender("Olpe\nBcc: alle@olpe.example")},
        {"sender": Sender("Olpe", reply_to="anna\nBcc: alle@olpe.example")},
        {"sender": Sender("Olpe", address="anna, alle@olpe.example")},
        {"to": ""},
    ],
)
def test_header_that_could_carry_another_is_refused(words: dict[str, Any]) -> None:
    with pytest.raises(MessageRefused, match=r"\w+ .*\."):
        send_message(**{**WORDS, **words})

    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["Abend\r\nBcc: alle@olpe.example", "Abend\u2028am\tSee", "\x00x" * 300])
def test_any_text_is_made_a_subject_that_is_taken(text: str) -> None:
    assert send_message(**{**WORDS, "subject": one_line(text)}).pk


def test_control_characters_in_the_text_are_dropped() -> None:
    message = send_message(**{**WORDS, "text": "Guten\x07 Tag\r\nSie\tda"})

    assert message.text == "Guten Tag\nSie\tda"


def test_text_is_forgotten_after_thirty_days_and_not_before() -> None:
    old, young = send_message(**WORDS), send_message(**{**WORDS, "key": "news:2"})
    now = timezone.now()
    Message.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=30, minutes=1))
    Message.objects.filter(pk=young.pk).update(created_at=now - timedelta(days=29))

    assert forget_texts(now=now) == 1

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.to, old.subject, old.text, old.calendar, old.sender_name, old.key) == ("", "", "", "", "", "news:1")
    assert young.text == "Guten Tag"
