"""Jobs of the pages."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command

from andock.kernel.jobs import periodic


@periodic(every=timedelta(minutes=1))
def publish_scheduled() -> None:
    """Publish and take down what editors have set a time for."""
    call_command("publish_scheduled", verbosity=0)
