"""The agency's mailbox, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from .models import BarrierReport


def agency_mailbox() -> str:
    """Where reports go: the agency's office mailbox, else the operator's contact, else the sender's own address."""
    region = the_region()
    profile = getattr(region.agency, "profile", None) if region and region.agency else None
    contact = settings.ANDOCK_CONTACT if "@" in settings.ANDOCK_CONTACT else ""
    return (profile and profile.contact_email) or contact or settings.DEFAULT_FROM_EMAIL


def mail_report(report: BarrierReport, *, subject: str, body: str) -> None:
    """Send a report after commit; a mail server that is down loses nothing, the report is kept."""
    message = EmailMessage(subject, body, to=[agency_mailbox()], reply_to=[report.email] if report.email else None)
    transaction.on_commit(lambda: message.send(fail_silently=True))
