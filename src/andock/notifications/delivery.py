"""Handing a message to the mail server."""

from __future__ import annotations

from email.utils import parseaddr
from hashlib import sha256
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from andock.kernel.jobs import Hopeless

from .choices import State
from .models import Message

if TYPE_CHECKING:
    from typing import Any

PERMANENT = range(500, 600)  # RFC 5321, 4.2.1: the same attempt would fail again


def deliver(*, message_id: int) -> None:
    """Send one message, unless it was sent before or nothing is left to send.

    Nothing is locked while the mail server is spoken to. If the process dies between the server's yes and our
    note of it, the mail goes out again under the same Message-ID, by which mailboxes drop the second copy.
    Raises what the mail server caused; ``Hopeless`` when it refused for good.
    """
    message = Message.objects.filter(pk=message_id).exclude(to="").first()
    if message is None or message.state in {State.SENT, State.KEPT}:
        return
    if settings.ANDOCK_DEMO:
        _note(message, state=State.KEPT)
        return
    try:
        as_mail(message).send()
    except (SMTPException, OSError) as error:
        _note_failure(message, error)
        raise
    _note(message, state=State.SENT, sent_at=timezone.now(), last_error="", attempts=F("attempts") + 1)


def give_up(*, message_id: int) -> None:
    """Note that a message was not delivered; a later attempt that succeeds notes that."""
    Message.objects.filter(pk=message_id, state=State.WAITING).update(state=State.FAILED)


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The message as it goes over the wire."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={
            "Message-ID": message_id_of(message),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def message_id_of(message: Message) -> str:
    """The same for every attempt, and without a hint at the occasion."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(message.key.encode()).hexdigest()[:40]}@{domain}>"


def _note_failure(message: Message, error: Exception) -> None:
    is_final = _is_permanent(error)
    _note(
        message,
        state=State.FAILED if is_final else State.WAITING,
        last_error=type(error).__name__,
        attempts=F("attempts") + 1,
    )
    if is_final:
        raise Hopeless from error


def _is_permanent(error: Exception) -> bool:
    match error:
        case SMTPRecipientsRefused():
            return all(code in PERMANENT for code, _reason in error.recipients.values())
        case SMTPSenderRefused() | SMTPDataError():
            return error.smtp_code in PERMANENT
    return False


def _note(message: Message, **values: Any) -> None:
    Message.objects.filter(pk=message.pk).update(**values)
