"""What the scenes about mails share: jobs are run by a real worker, mails read from the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andock.events.services.desk import count_change
from andock.events.services.telling import tell_everybody
from andock.kernel.jobs.worker import Worker
from andock.notifications.models import Message

if TYPE_CHECKING:
    from andock.events.choices import Occasion
    from andock.events.models import Event, Registration


def run_jobs() -> None:
    """Everything that is queued, and what that queues."""
    Worker().run_until_idle()


def tell(made: Event, occasion: Occasion) -> None:
    """What a deed of the desk that everybody hears of does in the end."""
    count_change(made, timezone.now())
    made.save(update_fields=["sequence", "changed_at"])
    tell_everybody(event=made, occasion=occasion, now=timezone.now())


def mails_to(registration: Registration) -> list[Message]:
    """All mails to somebody, the first one first."""
    return list(Message.objects.filter(to=registration.email).order_by("pk"))


def occasions(registration: Registration) -> list[str]:
    """What somebody was told, in order."""
    return [mail.key.split("-")[1] for mail in mails_to(registration)]


def last_mail(registration: Registration) -> Message:
    return mails_to(registration)[-1]
