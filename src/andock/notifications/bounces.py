"""Mails that come back later: what the other mail server reports (RFC 3464) to the address for that."""

from __future__ import annotations

import re
from email import message_from_bytes, message_from_string, policy
from email.message import Message as Part
from typing import TYPE_CHECKING

from .choices import State
from .delivery import bounced, message_id_of
from .models import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

OUR_ID = re.compile(r"<(\d{1,18})\.[0-9a-f]{40}@[^<>\s]+>")


def receive(raw: bytes) -> Message | None:
    """Note that a mail came back for good; returns it. None for anything else: a delay, an answer, a forgery, spam."""
    report = message_from_bytes(raw, policy=policy.default)
    if not _says_failed(report):
        return None
    found = next(filter(None, map(_known, _message_ids(report))), None)
    if found:
        bounced(found)
    return found


def _says_failed(report: EmailMessage) -> bool:
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return False
    status = [part for part in report.iter_parts() if part.get_content_type() == "message/delivery-status"]
    return any(_is_failed(recipient) for part in status for recipient in _recipients(part))


def _recipients(status: MIMEPart) -> list[Part]:
    """The blocks about recipients; the first one is about the whole mail."""
    blocks = status.get_payload()
    return [block for block in blocks[1:] if isinstance(block, Part)] if isinstance(blocks, list) else []


def _is_failed(recipient: Part) -> bool:
    action, status = str(recipient.get("Action", "")), str(recipient.get("Status", ""))
    return action.strip().casefold() == "failed" and status.strip().startswith("5.")


def _message_ids(report: EmailMessage) -> Iterator[str]:
    """Of the mail that came back, as the report encloses it, whole or its head only."""
    for part in report.iter_parts():
        match part.get_content_type():
            case "message/rfc822":
                whole = part.get_payload(0)
                yield str(whole.get("Message-ID", "")) if isinstance(whole, Part) else ""
            case "text/rfc822-headers":
                head = message_from_string(part.get_content(), policy=policy.default)
                yield str(head.get("Message-ID", ""))


def _known(message_id: str) -> Message | None:
    """The message that was sent under this id; whoever makes one up doesn't know the second part of it."""
    if not (ours := OUR_ID.fullmatch(message_id.strip())):
        return None
    message = Message.objects.filter(pk=int(ours[1]), state=State.SENT).exclude(to="").first()
    return message if message and message_id_of(message) == message_id.strip() else None
