"""Jobs of the outbox."""

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import job, periodic

from . import delivery, services


@job
def deliver(*, message_id: int) -> None:
    """Send one message."""
    delivery.deliver(message_id=message_id)


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget_texts() -> None:
    """Remove address and wording of old messages."""
    services.forget_texts(now=timezone.now())
