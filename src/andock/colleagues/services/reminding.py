"""Offices that owe an answer are reminded after one week and after three, each time once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from .. import mail, queries

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def remind_due(*, now: datetime) -> int:
    """Remind all offices whose time has come; returns of how many questions. Again, it does nothing more."""
    due = list(queries.enquiries_to_remind_of(now).values_list("pk", flat=True))
    return sum(_remind(enquiry_id, now) for enquiry_id in due)


@transaction.atomic
def _remind(enquiry_id: UUID, now: datetime) -> int:
    """Of one question, unless it was answered meanwhile, or nobody is there to be reminded."""
    due = queries.enquiries_to_remind_of(now).select_for_update(of=("self",), no_key=True)
    enquiry = due.filter(pk=enquiry_id).first()
    if enquiry is None or not mail.remind(enquiry):
        return 0
    enquiry.reminded_at = now
    enquiry.save()
    return 1
