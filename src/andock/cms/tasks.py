"""Jobs of the pages."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from andock.kernel.jobs import periodic

from . import services


@periodic(every=timedelta(minutes=1))
def publish_scheduled() -> None:
    """Publish and take down what editors have set a time for."""
    call_command("publish_scheduled", verbosity=0)


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
def forget_reports() -> None:
    """Remove old barrier reports and the keys of their senders."""
    services.forget_reports(now=timezone.now())
