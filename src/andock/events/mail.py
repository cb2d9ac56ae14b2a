"""What people who registered are told, and in whose name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from andock.accounts.queries import people_of
from andock.kernel.jobs import Priority
from andock.notifications.queries import is_written
from andock.notifications.services import Sender, one_line, send_message
from andock.organisations.senders import sender_of

from . import ical, queries, rules
from .addresses import message_key
from .choices import ACTIVE, EventState, Occasion, RegistrationState
from .letters import is_coming, letter, own_words, room_of, where_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from .models import Event, Registration

ENTERS = frozenset(
    {Occasion.CONFIRMED, Occasion.CHANGED, Occasion.EVENT_CHANGED, Occasion.ROOM_MOVED, Occasion.ROOM_KNOWN}
)
"""Mails that put the entry into the calendar of those who come, or change it there."""
STRIKES = frozenset({Occasion.CANCELLED, Occasion.REJECTED, Occasion.EVENT_CANCELLED})
"""Mails that take it out again; so does a change after which nobody knows the day."""
State = RegistrationState
TRUE_IN: dict[Occasion, tuple[RegistrationState, ...]] = {
    Occasion.CONFIRM: (State.UNCONFIRMED, State.HELD_BACK, State.WAITING, State.EXPIRED),
    Occasion.AGAIN: ACTIVE,
    Occasion.CONFIRMED: (State.CONFIRMED,),
    Occasion.PENDING: (State.PENDING,),
    Occasion.WAITING: (State.WAITING,),
    Occasion.OFFERED: (State.OFFERED,),
    Occasion.LAPSED: (State.EXPIRED,),
    Occasion.REJECTED: (State.REJECTED,),
    Occasion.CANCELLED: (State.CANCELLED, State.DECLINED),
    Occasion.CHANGED: ACTIVE,
    Occasion.EVENT_CHANGED: ACTIVE,
    Occasion.ROOM_MOVED: (State.CONFIRMED,),
    Occasion.ROOM_KNOWN: (State.CONFIRMED,),
    Occasion.REMINDER: (State.CONFIRMED,),
}  # the others are true in any state
"""A mail is written a little after its deed; one that another deed has made untrue meanwhile is not written at all."""


def tell(
    *, registration_id: UUID | str, occasion: str, number: int | str, now: datetime,
    priority: Priority = Priority.SOMEBODY_WAITS,
) -> None:  # fmt: skip
    """Put the mail into the outbox, once for each occasion and number."""
    registration = queries.registration(registration_id)
    if registration is None or not registration.email or not is_true(registration, Occasion(occasion)):
        return
    with translation.override(registration.language):
        subject, text = _words(registration, Occasion(occasion), number, now)
        send_message(
            to=registration.email, subject=one_line(subject), text=text, language=registration.language,
            key=message_key(registration, occasion, number), sender=sender(registration.event),
            calendar=_calendar(registration, Occasion(occasion), now), priority=priority,
        )  # fmt: skip


def is_true(registration: Registration, occasion: Occasion) -> bool:
    """Whether the registration is still as the mail says."""
    if registration.event.state == EventState.CANCELLED:
        return occasion in STRIKES or occasion == Occasion.MESSAGE
    if occasion == Occasion.CONFIRM and registration.confirmed_at:
        return False
    return occasion not in TRUE_IN or registration.state in TRUE_IN[occasion]


def sender(event: Event) -> Sender:
    """The organiser's name; answers go to the office that answers questions."""
    return sender_of(event.organisation, mailbox=event.contact_email)


def tell_of_bounce(registration: Registration) -> None:
    """Tell the organiser's people that an address takes no mail. Whose it is stands behind the sign-in only."""
    event = registration.event
    link = settings.ANDOCK_BASE_URL + reverse("events:people", args=[event.organisation.slug, event.slug])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A mail came back: %s") % event
        text = _(
            "A mail to somebody who registered could not be delivered: their address is wrong or their mailbox takes "
            "nothing. They get no reminders and no news. The list shows whose address it is; please reach them in "
            "another way or correct it."
        )  # fmt: skip
        body = f"{_('Hello,')}\n\n{text}\n\n{_('To the list')}:\n{link}\n\n-- \n{event.organisation}\n"
        for person in people_of(event.organisation, rules.KEEPERS):
            key = f"event-desk-bounce-{registration.pk}-{person.pk}"
            send_message(to=person.email, subject=one_line(subject), text=body, key=key)


def _words(registration: Registration, occasion: Occasion, number: int | str, now: datetime) -> tuple[str, str]:
    if occasion == Occasion.MESSAGE:
        return own_words(registration, queries.messages_of(registration.event).get(pk=number))
    return letter(registration, occasion, now)


def _calendar(registration: Registration, occasion: Occasion, now: datetime) -> str:
    event = registration.event
    guest = ical.Guest(registration.name, registration.email, room_of(registration), where_of(registration))
    if occasion in ENTERS and is_coming(registration) and ical.has_entry(event):
        return ical.invitation(event, guest, now)
    strikes = occasion in STRIKES or (occasion == Occasion.EVENT_CHANGED and not ical.has_entry(event))
    if strikes and is_written(message_key(registration, Occasion.CONFIRMED, "")):
        return ical.cancellation(event, guest, now)
    return ""
