"""Handing a message to the mail server."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from hashlib import sha256
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from andock.kernel.jobs import Hopeless
from andock.kernel.modules import announce

from .choices import State
from .links import blocks_with_links
from .models import Message

if TYPE_CHECKING:
    from typing import Any

PERMANENT = range(500, 600)  # RFC 5321, 4.2.1: the same attempt would fail again
ABOUT_THE_ADDRESS = re.compile(rb"5\.[12]\.\d+")  # RFC 3463: the mailbox, not the content or the connection
METHOD = re.compile(r"^METHOD:(\w+)\s*$", re.MULTILINE)
DONE = frozenset({State.SENT, State.KEPT, State.BOUNCED})


def deliver(*, message_id: int) -> None:
    """Send one message, unless it was sent before or nothing is left to send.

    Nothing is locked while the mail server is spoken to. If the process dies between the server's yes and our
    note of it, the mail goes out again under the same Message-ID, by which mailboxes drop the second copy.
    Raises what the mail server caused; ``Hopeless`` when it refused for good and nobody but the operator cares.
    """
    message = Message.objects.filter(pk=message_id).exclude(to="").first()
    if message is None or message.state in DONE:
        return
    if settings.ANDOCK_DEMO:
        _note(message, state=State.KEPT)
        return
    try:
        as_mail(message).send()
    except (SMTPException, OSError) as error:
        _note_failure(message, error)
    else:
        _note(message, state=State.SENT, sent_at=timezone.now(), last_error="", attempts=F("attempts") + 1)


def give_up(*, message_id: int) -> None:
    """Note that a message was not delivered; a later attempt that succeeds notes that."""
    Message.objects.filter(pk=message_id, state=State.WAITING).update(state=State.FAILED)


@transaction.atomic
def bounced(message: Message) -> None:
    """Note that the address takes no mail, and tell the modules. Who wrote it is told by them; else it is a failure."""
    _note(message, state=State.BOUNCED if message.sender_name else State.FAILED)
    announce("notifications.bounced", message_id=message.pk)


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The message as it goes over the wire. What comes back goes to the operator's address for that, whoever writes."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.ANDOCK_MAIL_BOUNCES,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "From": from_line(message),
            "Message-ID": message_id_of(message),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
            **_unsubscribing(message),
        },
    )
    mail.attach_alternative(html_of(message), "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={method_of(message.calendar)}")
        mail.attach("termin.ics", message.calendar.encode(), "application/ics")
    return mail


def _unsubscribing(message: Message) -> dict[str, str]:
    """What the button of mail programs that ends a subscription asks for (RFC 2369, RFC 8058)."""
    if not message.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{message.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def from_line(message: Message) -> str:
    """Who writes: the site, or somebody in whose name it does so."""
    if not message.sender_name:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((message.sender_name, message.sender_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def html_of(message: Message) -> str:
    """The same text as simple HTML, escaped; only addresses that stand in it are links."""
    with translation.override(message.language):
        return render_to_string(
            "notifications/mail.html", {"message": message, "blocks": blocks_with_links(message.text)}
        )


def method_of(calendar: str) -> str:
    """What the calendar entry asks for; a mail program needs it beside the content type (RFC 6047)."""
    found = METHOD.search(calendar)
    return found[1] if found else "PUBLISH"


def message_id_of(message: Message) -> str:
    """The same for every attempt, and without a hint at the occasion. A mail that comes back is known by it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{message.pk}.{sha256(message.key.encode()).hexdigest()[:40]}@{domain}>"


def _note_failure(message: Message, error: Exception) -> None:
    is_final = _is_permanent(error)
    _note(
        message,
        state=State.FAILED if is_final else State.WAITING,
        last_error=type(error).__name__,
        attempts=F("attempts") + 1,
    )
    if not is_final:
        raise error
    if _is_about_the_address(error):
        bounced(message)
        if message.sender_name:
            return
    raise Hopeless from error


def _is_permanent(error: Exception) -> bool:
    match error:
        case SMTPRecipientsRefused():
            return all(code in PERMANENT for code, _reason in error.recipients.values())
        case SMTPSenderRefused() | SMTPDataError():
            return error.smtp_code in PERMANENT
    return False


def _is_about_the_address(error: Exception) -> bool:
    """The recipient was refused, at once or after the content was there."""
    match error:
        case SMTPRecipientsRefused():
            return True
        case SMTPDataError(smtp_error=bytes(reason)):
            return bool(ABOUT_THE_ADDRESS.match(reason))
    return False


def _note(message: Message, **values: Any) -> None:
    Message.objects.filter(pk=message.pk).update(**values)
