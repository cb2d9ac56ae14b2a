"""Showing a draft to a mayor or a committee by a link that ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.text import without_control_characters

from ..models import ShareLink, Version
from ..rules import may_revoke_link, may_share_version
from .storing import CannotChange, leave_trace, locked

if TYPE_CHECKING:
    from andock.accounts.models import User

LONGEST = timedelta(days=90)


@transaction.atomic
def share(*, actor: User, version: Version, label: str, expires_at: datetime) -> tuple[ShareLink, str]:
    """A new link with its token; only the token's hash is kept. Raises ``Denied`` or ``CannotChange``."""
    version = locked(version)
    may_share_version(actor, version).demand()
    label = " ".join(without_control_characters(label).split())[:120]
    if not label:
        raise CannotChange(_("For whom is the link? A word is enough, such as “main committee”."))
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise CannotChange(_("A link is valid for one to 90 days. Choose a day in that time."))
    token = secrets.token_hex(32)  # with digits, by which the logs know a key in an address and leave it out
    link = ShareLink.objects.create(
        version=version, label=label, token_hash=hash_of(token), created_by=actor, expires_at=expires_at
    )
    leave_trace(actor=actor, action="shared", version=version, until=expires_at.date().isoformat())
    return link, token


@transaction.atomic
def revoke(*, actor: User, link: ShareLink) -> None:
    """End a link now. Raises ``Denied``."""
    may_revoke_link(actor, link).demand()
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save()
        leave_trace(actor=actor, action="share_revoked", version=link.version)


def open_link(token: str, now: datetime) -> ShareLink | None:
    """The link a token belongs to with its draft; None where it has ended, was revoked or never was."""
    return (
        ShareLink.objects.select_related("version__strategy__organisation", "version__edition__framework")
        .filter(token_hash=hash_of(token), revoked_at=None, expires_at__gt=now)
        .first()
    )


def shared_version(token: str, now: datetime) -> Version | None:
    """The draft a token opens."""
    link = open_link(token, now)
    return link.version if link else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
