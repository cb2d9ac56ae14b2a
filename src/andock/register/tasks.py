"""Jobs of the register."""

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import periodic

from .services import approaches


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget_invited_people() -> None:
    """Remove names and mailboxes from links that expired a year ago."""
    approaches.forget_people(now=timezone.now())
