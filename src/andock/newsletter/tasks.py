"""Jobs of the newsletter."""

from __future__ import annotations

from django.utils import timezone

from andock.kernel.jobs import job

from . import services


@job
def write_some(*, issue_id: int) -> None:
    """Write a step of the mails of an issue; the last thing it does is to queue the next step."""
    services.write_some(issue_id=issue_id, now=timezone.now())
