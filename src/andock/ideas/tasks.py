"""Jobs of the ideas."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import periodic

from .services import clearing


@periodic(every=timedelta(hours=1))
def clear() -> None:
    """Delete photos that were never sent, and those whose idea was taken back while the store did not answer."""
    clearing.delete_files(now=timezone.now())
