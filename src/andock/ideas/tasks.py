"""Jobs of the ideas."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import periodic

from .services import clearing


@periodic(every=timedelta(hours=1))
def clear() -> None:
    """Delete photos and places of ideas that were taken back, and photos that were never sent."""
    clearing.strip_withdrawn()
    clearing.delete_files(now=timezone.now())
