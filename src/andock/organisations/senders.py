"""In whose name mails to citizens are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from andock.notifications.services import Sender, one_line

from .queries import profile_of

if TYPE_CHECKING:
    from .models import Organisation


def sender_of(organisation: Organisation, *, mailbox: str = "") -> Sender:
    """The organisation's name; answers go to ``mailbox`` or the one in its profile.

    Its own address stands in "From" only where the operator has named one: a mail server that may not send for a
    domain must not pretend to.
    """
    return Sender(
        name=one_line(organisation.name),
        address=settings.ANDOCK_MAIL_SENDERS.get(organisation.slug, ""),
        reply_to=mailbox or profile_of(organisation).contact_email,
    )
