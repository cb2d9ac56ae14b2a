"""Addresses that take no mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from andock.notifications.queries import message as message_of

from .. import mail, queries
from ..addresses import registration_id_in
from ..models import Registration

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def bounced(*, message_id: int, now: datetime) -> bool:
    """Mark the address and tell the organiser, once for each. Other modules' mails are not ours.

    Of addresses that nobody has confirmed the organiser hears nothing: anybody can type them, by the hundred.
    """
    message = message_of(message_id)
    registration_id = registration_id_in(message.key) if message else None
    if message is None or registration_id is None:
        return False
    unmarked = Registration.objects.filter(pk=registration_id, email=message.to, email_bounced_at=None)
    if not unmarked.update(email_bounced_at=now):
        return False
    registration = queries.registration(registration_id)
    if registration and registration.is_known:
        mail.tell_of_bounce(registration)
    return True
