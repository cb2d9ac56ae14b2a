"""The one place where this module hands over mails."""

from __future__ import annotations

import uuid

from django.core.mail import send_mail
from django.db import transaction


def send_message(*, to: str, subject: str, text: str, key: str, language: str = "de") -> None:
    """Send ``text`` once the transaction is committed. ``key`` names the message so that it is sent only once."""
    transaction.on_commit(lambda: send_mail(subject, text, None, [to]))


def send_email(*, to: str, subject: str, text: str) -> None:
    """Send a message of its own, asked for by a person: a new password, a confirmation."""
    send_message(to=to, subject=subject, text=text, key=f"account-{uuid.uuid4()}")
