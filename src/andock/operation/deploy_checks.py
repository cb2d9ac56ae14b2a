"""What ``check --deploy`` adds to Django's own list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def demo_mode_is_off(**_kwargs: Any) -> list[CheckMessage]:
    """A site in demo mode has open accounts and shows its mails."""
    if not settings.ANDOCK_DEMO:
        return []
    return [
        Error(
            "Demo mode is on: its accounts are open to everyone and mails are shown instead of sent.",
            hint="Remove ANDOCK_DEMO and start from an empty database.",
            id="andock.E001",
        )
    ]
