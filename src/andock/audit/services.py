"""Writing the trail."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andock.kernel.modules import actions
from andock.kernel.text import without_control_characters

from .models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from andock.accounts.models import User
    from andock.organisations.models import Organisation


def record(
    *,
    actor: User | None,
    action: str,
    thing: Model,
    organisation: Organisation | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
    data: Mapping[str, str | int | bool | None] | None = None,
) -> Entry:
    """Add one entry, inside the transaction of the act itself. ``actor`` is None for the command line.

    ``before`` and ``after`` are plain values of which only the SHA-256 is kept. ``data`` must hold no personal
    free text: keys, roles, dates, numbers. ``action`` must stand in a module's manifest, else ``ValueError``.
    """
    if action not in actions():
        raise ValueError(f"No module names the action {action!r} in its manifest.")
    return Entry.objects.create(
        actor=actor,
        actor_roles=_roles(actor, organisation),
        organisation=organisation,
        action=action,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        before_hash=content_hash(before),
        after_hash=content_hash(after),
        reason=without_control_characters(reason)[:500],
        data=dict(data or {}),
    )


def content_hash(value: Any) -> str:
    """SHA-256 of a plain value written as canonical JSON; empty for None."""
    if value is None:
        return ""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _roles(actor: User | None, organisation: Organisation | None) -> str:
    """The roles by which the actor may have acted: those held here, and the agency's."""
    if actor is None:
        return ""
    today = timezone.localdate()
    held = {
        membership.role
        for membership in actor.memberships_on(today)
        if membership.role == "agency_editor" or (organisation and membership.organisation_id == organisation.pk)
    }
    return " ".join(sorted(held))
