"""Jobs between offices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from andock.kernel.jobs import periodic

from .services import reminding


@periodic(every=timedelta(days=1), offset=timedelta(hours=6))
def remind() -> None:
    """Remind the offices that owe an answer."""
    reminding.remind_due(now=timezone.now())
