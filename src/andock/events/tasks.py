"""Jobs of the events."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from andock.kernel.jobs import job, periodic

from . import mail
from .choices import Occasion
from .services import bouncing, forgetting, registering, reminding, telling


@job
def tell(*, registration_id: str, occasion: str, number: int = 0) -> None:
    """Write the mail that tells somebody what became of their registration."""
    mail.tell(registration_id=registration_id, occasion=occasion, number=number, now=timezone.now())


@job
def tell_people(*, event_id: str, occasion: str, number: str, until: str, after: str = "") -> None:
    """Write a step of the mails to many; the last thing it does is to queue the next step."""
    telling.tell_some(
        event_id=event_id, occasion=Occasion(occasion), number=number, until=datetime.fromisoformat(until),
        after=after, now=timezone.now(),
    )  # fmt: skip


@job
def bounced(*, message_id: int) -> None:
    """A mail came back: perhaps one to somebody who registered."""
    bouncing.bounced(message_id=message_id, now=timezone.now())


@periodic(every=timedelta(minutes=1))
def expire() -> None:
    """End holds and offers whose time is over, and offer their seats on."""
    registering.expire_due(now=timezone.now())


@periodic(every=timedelta(minutes=5))
def remind() -> None:
    """Send the reminders whose time has come."""
    reminding.remind_due(now=timezone.now())


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget() -> None:
    """Delete personal data whose time is over."""
    forgetting.forget_due(now=timezone.now())
