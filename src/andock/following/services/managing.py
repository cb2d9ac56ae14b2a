"""What somebody does on the page behind their link: how often, no longer this, no longer anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ..choices import Frequency, Kind
from ..models import Follow, Follower
from ..timing import next_due
from . import forgetting

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@transaction.atomic
def set_frequency(*, follower: Follower, frequency: str, now: datetime) -> Follower:
    """Tell them so often from now on. After a pause, what happened during it is not told."""
    follower = Follower.objects.select_for_update().get(pk=follower.pk)
    if follower.frequency == Frequency.NONE != frequency:
        follower.since = now
    follower.frequency = frequency
    follower.next_due = now if frequency == Frequency.AT_ONCE else next_due(frequency, now)
    follower.save(update_fields=["frequency", "since", "next_due"])
    return follower


@transaction.atomic
def stop_following(*, follower: Follower, follow_id: UUID) -> bool:
    """No longer follow one thing; returns whether something is still followed. Without anything we keep nothing."""
    Follow.objects.filter(follower=follower, pk=follow_id).delete()
    return _keep_or_erase(follower)


@transaction.atomic
def stop_mails(*, follower: Follower, newsletter: bool) -> bool:
    """One click: no more issues of the newsletter, or no more digests. Returns as ``stop_following``."""
    follows = Follow.objects.filter(follower=follower)
    (follows.filter if newsletter else follows.exclude)(kind=Kind.NEWSLETTER).delete()
    return _keep_or_erase(follower)


@transaction.atomic
def leave(*, follower: Follower) -> None:
    """Delete everything we keep, the mails in our outbox too."""
    forgetting.erase([follower.pk])


def _keep_or_erase(follower: Follower) -> bool:
    if Follow.objects.filter(follower=follower).exists():
        return True
    forgetting.erase([follower.pk])
    return False
