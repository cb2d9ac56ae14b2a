"""What people do to the pages' records."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andock.kernel.permissions import ALLOWED, Verdict, denied

from .mail import mail_report
from .models import BarrierReport

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


PER_SENDER_AND_HOUR = 5
PER_HOUR = 60
HOUR = timedelta(hours=1)
KEEP_SENDER = timedelta(days=1)
KEEP_REPORT = timedelta(days=365)


def may_report_barrier(sender: str) -> Verdict:
    """Anybody may, a few times an hour."""
    recent = BarrierReport.objects.filter(created_at__gt=timezone.now() - HOUR)
    if recent.filter(sender=sender).count() >= PER_SENDER_AND_HOUR or recent.count() >= PER_HOUR:
        return denied(
            gettext_lazy("Too many reports came in this hour. Please send yours again in an hour, or telephone us.")
        )
    return ALLOWED


@transaction.atomic
def report_barrier(*, text: str, page: str = "", email: str = "", sender: str = "") -> BarrierReport:
    """Keep a report and mail it to the region's agency. Needs no account, so there is no actor.

    The limit of ``may_report_barrier`` is asked by the form.
    """
    report = BarrierReport.objects.create(text=text, page=page, email=email, sender=sender)
    subject = _("Barrier reported: %(page)s") % {"page": Truncator(page).chars(150) or _("page not named")}
    answer = email or _("No answer wanted.")
    where, whom = _("Page"), _("Answer to")
    body = f"{text}\n\n{where}: {page or '–'}\n{whom}: {answer}\n"
    mail_report(report, subject=subject, body=body)
    return report


@transaction.atomic
def forget_reports(*, now: datetime) -> None:
    """Remove what is no longer needed: the sender's key after a day, the report after a year."""
    rows = _due(now)
    rows["reports of barriers"].delete()
    rows["keys of their senders"].update(sender="")


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_reports`` would delete or strip."""
    return {name: rows.count() for name, rows in _due(now).items()}


def _due(now: datetime) -> dict[str, QuerySet[BarrierReport]]:
    return {
        "reports of barriers": BarrierReport.objects.filter(created_at__lt=now - KEEP_REPORT),
        "keys of their senders": BarrierReport.objects.filter(created_at__lt=now - KEEP_SENDER).exclude(sender=""),
    }
