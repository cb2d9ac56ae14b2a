"""People for tests. The cast of the town is in tests/accounts/conftest.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from andock.accounts.models import Membership, User
from andock.organisations.models import Organisation

PASSWORD = "sieben Brücken am See"
LONG_AGO = date(2020, 1, 1)


def person(name: str, *, password: str | None = None, **fields: Any) -> User:
    """An account with a confirmed address; with ``password`` it can sign in."""
    user = User.objects.create_user(f"{name}@example.org", password, name=name.capitalize(), **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def member(user: User, organisation: Organisation, role: str, **fields: Any) -> Membership:
    """A role held since long ago, without end. The account forgets what it remembered of its roles."""
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, **{"since": LONG_AGO, **fields}
    )
    user.refresh_from_db()
    return membership


def organisation(slug: str, **fields: Any) -> Organisation:
    return Organisation.objects.create(slug=slug, **{"name": slug.capitalize(), "kind": "municipality", **fields})
