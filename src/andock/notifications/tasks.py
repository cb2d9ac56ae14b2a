"""Jobs of the outbox."""

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import given_up, job, periodic

from . import delivery, services


@job
def deliver(*, message_id: int) -> None:
    """Send one message."""
    delivery.deliver(message_id=message_id)


@given_up(deliver)
def not_delivered(*, message_id: int) -> None:
    """No attempt is left, be it that the server was away or that workers died; `andock jobs retry` sends again."""
    delivery.give_up(message_id=message_id)


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget_texts() -> None:
    """Remove address and wording of old messages."""
    services.forget_texts(now=timezone.now())
