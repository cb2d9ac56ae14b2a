"""What ``andock doctor`` asks about mail."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import get_connection

from andock.kernel.findings import Finding

from .queries import undelivered_messages

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCTORS_TIMEOUT = 5  # seconds


def mail_server() -> Iterator[Finding]:
    """Greets the server, signs in where a name is set, sends nothing. Demo mode sends no mail at all."""
    if settings.ANDOCK_DEMO:
        return
    try:
        with get_connection(timeout=DOCTORS_TIMEOUT):
            problem = ""
    except (OSError, SMTPException) as error:
        problem = type(error).__name__
    yield Finding(
        "The mail server answers",
        not problem,
        f"Check ANDOCK_MAIL_URL ({problem} at {settings.EMAIL_HOST}, port {settings.EMAIL_PORT}).",
    )


def all_delivered() -> Iterator[Finding]:
    """Mails that a server refused for good, or that no attempt got through; forgotten after 30 days."""
    count = undelivered_messages().count()
    yield Finding(
        "No mail failed",
        not count,
        f"{count} mails were not delivered; andock jobs shows why. Are the addresses right, is ANDOCK_MAIL_FROM "
        "allowed to send? Then: andock jobs retry",
    )
