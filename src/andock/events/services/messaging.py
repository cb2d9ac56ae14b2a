"""What the organiser writes to those who registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from andock.audit.services import record

from .. import queries, rules
from ..choices import Occasion, RegistrationState
from ..letters import own_words
from ..models import EventMessage
from . import telling
from .registering import SentBefore

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User

    from ..models import Event, Registration

ADDRESSED = telling.CONCERNED
"""Whom one may write to, by their state."""


def preview(*, actor: User, registration: Registration, subject: str, text: str) -> tuple[str, str]:
    """Subject and text as this one person would get them. Raises ``Denied``."""
    rules.may_see_participants(actor, registration.event).demand()
    with translation.override(registration.language):
        return own_words(registration, EventMessage(event=registration.event, subject=subject, text=text))


@transaction.atomic
def send(
    *, actor: User, event: Event, subject: str, text: str, states: Collection[RegistrationState], request_key: UUID,
    now: datetime,
) -> EventMessage:  # fmt: skip
    """Keep the message and queue a mail to everybody in ``states``; with the same key again it does nothing.

    The form has checked the placeholders. Raises ``Denied``, or ``SentBefore`` where the key comes with other words.
    """
    rules.may_see_participants(actor, event).demand()
    values = {
        "event": event, "subject": subject, "text": text, "states": list(states), "written_by": actor, "written_at": now,
        "recipients": recipients(event, states, now),
    }  # fmt: skip
    message, is_new = EventMessage.objects.get_or_create(request_key=request_key, defaults=values)
    if is_new:
        record(
            actor=actor, action="events.message_sent", thing=message, organisation=event.organisation,
            data={"event": event.slug, "recipients": message.recipients},
        )  # fmt: skip
        telling.begin(event, Occasion.MESSAGE, message.pk, until=now)
    elif (message.event_id, message.subject, message.text, set(message.states)) != (
        event.pk,
        subject,
        text,
        set(states),
    ):
        raise SentBefore(_("This form was sent before, with other words. Look at these once more, then send them too."))
    return message


def recipients(event: Event, states: Collection[RegistrationState], now: datetime) -> int:
    """How many a message would reach."""
    return queries.known(event, set(states) & set(ADDRESSED), now).count()
