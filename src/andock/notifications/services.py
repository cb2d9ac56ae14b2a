"""Writing to people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from andock.kernel.jobs import enqueue
from andock.kernel.text import without_control_characters

from .models import Message

if TYPE_CHECKING:
    from datetime import datetime

KEEP_TEXT = timedelta(days=30)
LONGEST_SUBJECT = 250


class MessageRefused(ValueError):
    """The message can't be sent as it is; the text says what is wrong."""


def send_message(*, to: str, subject: str, text: str, key: str, language: str = "de", html: str = "") -> Message:
    """Put a mail into the outbox and queue its delivery, both in the caller's transaction.

    A second call with the same ``key`` changes nothing and returns the first message. Raises ``MessageRefused``
    for an address or a subject that could smuggle in further header lines.
    """
    _check_headers(to, subject)
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(
            key=key,
            defaults={
                "to": to,
                "subject": subject,
                "text": without_control_characters(text),
                "html": without_control_characters(html),
                "language": language,
            },
        )
        if is_new:
            enqueue("notifications.deliver", message_id=message.pk)
    return message


def forget_texts(*, now: datetime) -> int:
    """Remove address and wording of messages older than 30 days; key, times and outcome stay."""
    old = Message.objects.filter(created_at__lt=now - KEEP_TEXT).exclude(to="")
    return old.update(to="", subject="", text="", html="")


def _check_headers(to: str, subject: str) -> None:
    if subject != without_control_characters(subject) or any(char in subject for char in "\n\t\u2028\u2029"):
        raise MessageRefused(_("A subject is one line of text without control characters."))
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise MessageRefused(_("A subject has 1 to %(number)d characters.") % {"number": LONGEST_SUBJECT})
    try:
        validate_email(to)
    except ValidationError as error:
        raise MessageRefused(_("This is not an e-mail address; one looks like name@example.org.")) from error
