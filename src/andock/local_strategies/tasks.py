"""Jobs of local strategies."""

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import job, periodic

from . import notices
from .services import deferrals


@job
def new_edition(*, edition_id: int) -> None:
    """Tell everybody who has docked that an edition has come into force."""
    notices.tell_of_edition(edition_id)


@periodic(every=timedelta(days=1), offset=timedelta(hours=4))
def reopen_deferred() -> None:
    """Open what was put off until today, and tell the office."""
    deferrals.reopen_due(today=timezone.localdate())
