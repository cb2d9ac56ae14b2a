"""Making the people of the demonstration."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from andock.organisations.queries import organisation_by_address

from ..demo import ACCOUNTS, PASSWORD, DemoAccount
from ..models import Membership, User
from ..queries import agency


class NoDemo(Exception):
    """Demo mode is off, or the region is not loaded."""


@transaction.atomic
def create_demo_accounts() -> list[DemoAccount]:
    """Make the accounts that are missing, with their roles from today on; running twice changes nothing.

    Raises ``NoDemo`` unless demo mode is on and the organisations are there.
    """
    if not settings.ANDOCK_DEMO:
        raise NoDemo("Demo accounts are made in demo mode only (ANDOCK_DEMO=1).")
    for account in ACCOUNTS:
        _create(account)
    return list(ACCOUNTS)


def _create(account: DemoAccount) -> None:
    place = organisation_by_address(account.place) if account.place else agency()
    if place is None:
        raise NoDemo(f"There is no organisation {account.place or 'agency'!r}; load the region first.")
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, PASSWORD, name=account.name, is_demo=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Membership.objects.create(user=user, organisation=place, role=account.role, since=timezone.localdate())
