"""``check --deploy``: a real site has neither demo mode nor demo accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError


@register(Tags.security, deploy=True)
def no_demo_mode(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode asks for no second factor and shows all mails."""
    if not settings.ANDOCK_DEMO:
        return []
    return [Error("Demo mode is on.", hint="Remove ANDOCK_DEMO from the environment.", id="andock.accounts.E001")]


@register(Tags.security, deploy=True)
def no_demo_accounts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Everybody knows the password of a demo account."""
    from .queries import demo_accounts

    try:
        count = demo_accounts().count()
    except DatabaseError:
        return []  # before the first migrate there is nobody at all
    if not count:
        return []
    return [
        Error(
            f"There are {count} demo accounts; everybody knows their password.",
            hint="Start with a fresh database: demo data is not meant to be kept.",
            id="andock.accounts.E002",
        )
    ]
