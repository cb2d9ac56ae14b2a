"""Writing to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from andock.kernel.jobs import Priority, enqueue
from andock.kernel.text import without_control_characters

from .models import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

KEEP_TEXT = timedelta(days=30)
FORGOTTEN = dict.fromkeys(
    ("to", "subject", "text", "calendar", "sender_name", "sender_address", "reply_to", "unsubscribe"), ""
)
LONGEST_SUBJECT = 250
MOST_KEYS = 500


class MessageRefused(ValueError):
    """The message can't be sent as it is; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name a mail is written. ``address`` only where the operator allows it, else the site's is used."""

    name: str
    address: str = ""
    reply_to: str = ""


def send_message(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    language: str = "de",
    sender: Sender | None = None,
    calendar: str = "",
    unsubscribe: str = "",
    priority: Priority = Priority.SOMEBODY_WAITS,
) -> Message:
    """Put a mail into the outbox and queue its delivery, both in the caller's transaction.

    A second call with the same ``key`` changes nothing and returns the first message. ``sender`` answers for mails that
    come back, without one the operator does. ``calendar`` is an iCalendar object with its METHOD. ``unsubscribe`` is where
    one click ends such mails. A mail to many
    has a lower ``priority``, so that nobody waits for theirs behind it. Raises ``MessageRefused`` for an address or a
    line that could smuggle in further header lines.
    """
    sender = sender or Sender("")
    _check_headers(to, subject, sender)
    if found := Message.objects.filter(key=key).first():
        return found
    new = Message(
        key=key, to=to, subject=subject, text=without_control_characters(text), language=language, calendar=calendar,
        sender_name=sender.name, sender_address=sender.address, reply_to=sender.reply_to, unsubscribe=unsubscribe,
    )  # fmt: skip
    # Whoever calls it in a deed of theirs gives up the deed with it. Of two at once both may queue it: it is sent once.
    with transaction.atomic(savepoint=False):
        Message.objects.bulk_create([new], ignore_conflicts=True)
        message = Message.objects.get(key=key)
        enqueue("notifications.deliver", message_id=message.pk, priority=priority)
    return message


def forget_texts(*, now: datetime) -> int:
    """Remove address and wording of messages older than 30 days; key, times and outcome stay."""
    return _old(now).update(**FORGOTTEN)


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_texts`` would strip."""
    return {"words and addresses of mails": _old(now).count()}


def _old(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(created_at__lt=now - KEEP_TEXT).exclude(to="")


def one_line(text: str) -> str:
    """A text as a subject or a sender's name: one line, no control characters, not too long."""
    return Truncator(without_control_characters(" ".join(text.split()))).chars(LONGEST_SUBJECT)


def forget_messages(*, keys: Sequence[str]) -> int:
    """Remove address and wording of these messages: a person asked for it, or the time is over for which they may be kept."""
    steps = range(0, len(keys), MOST_KEYS)
    return sum(Message.objects.filter(key__in=keys[here : here + MOST_KEYS]).update(**FORGOTTEN) for here in steps)


def _check_headers(to: str, subject: str, sender: Sender) -> None:
    if not (_is_one_line(subject) and _is_one_line(sender.name)):
        raise MessageRefused(_("A subject is one line of text without control characters."))
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise MessageRefused(_("A subject has 1 to %(number)d characters.") % {"number": LONGEST_SUBJECT})
    try:
        for address in filter(None, [sender.address, sender.reply_to]):
            validate_email(address)
        validate_email(to)
    except ValidationError as error:
        raise MessageRefused(_("This is not an e-mail address; one looks like name@example.org.")) from error


def _is_one_line(text: str) -> bool:
    return text == without_control_characters(text) and not any(char in text for char in "\n\t\u2028\u2029")
