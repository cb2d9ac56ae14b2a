"""The agency's mailbox, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from andock.notifications.services import send_message
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
    """Put the report into the outbox, in the caller's transaction; a mail server that is down loses nothing."""
    send_message(to=agency_mailbox(), subject=subject, text=body, key=f"barrier-report-{report.pk}")
