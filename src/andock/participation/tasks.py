"""Jobs of participation."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import periodic

from .services import forgetting, telling


@periodic(every=timedelta(minutes=15))
def tell() -> None:
    """Tell authors of answers, and moderators of what waits."""
    telling.tell_authors(now=timezone.now())
    telling.tell_moderators(now=timezone.now())


@periodic(every=timedelta(hours=1))
def announce() -> None:
    """Say which phases have begun and which end soon."""
    telling.announce_phases(now=timezone.now())


@periodic(every=timedelta(days=1), offset=timedelta(hours=4))
def forget() -> None:
    """Delete personal data whose time is over."""
    forgetting.forget_due(now=timezone.now())
