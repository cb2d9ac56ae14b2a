"""Digests: looked for when they are due, written once with what they tell, never empty.

A follower's row is locked while their digest is made; the mail, what it has told and when the next is due are written in
one transaction. So nothing is told twice, however many workers there are and however often they die, and after a standstill
one digest tells everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from andock.kernel.jobs import Priority, enqueue

from .. import letters, mail, queries
from ..addresses import DIGEST
from ..choices import DIGESTED, Occasion
from ..matching import grouped
from ..models import Follower, Told
from ..timing import next_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from ..matching import Group

STEP = 50
"""So many digests are made before other jobs have their turn."""


def send_due(*, now: datetime) -> int:
    """Make a step of the digests that are due, and queue the next step; returns how many mails were written."""
    ids = list(queries.due(now).values_list("pk", flat=True)[:STEP])
    written = sum(send(follower_id=pk, now=now) for pk in ids)
    if len(ids) == STEP:
        enqueue("following.go_on", priority=Priority.MANY)
    return written


@transaction.atomic
def send(*, follower_id: UUID, now: datetime) -> bool:
    """Somebody's digest, if it is due and there is something to tell; returns whether a mail was written."""
    follower = Follower.objects.select_for_update().filter(pk=follower_id, next_due__lte=now).first()
    if follower is None or follower.next_due is None:
        return False
    slot = int(follower.next_due.timestamp())
    with translation.override(follower.language):
        groups = list(groups_for(follower, now))
        if groups:
            _write(follower, groups, slot)
    follower.next_due = next_due(follower.frequency, now)
    follower.save(update_fields=["next_due"])
    return bool(groups)


def groups_for(follower: Follower, now: datetime) -> Sequence[Group]:
    """What there is to tell somebody at this moment."""
    follows = queries.follows_of(follower).filter(kind__in=DIGESTED)
    return list(grouped(follows, queries.untold(follower, now), follower.language))


def _write(follower: Follower, groups: Sequence[Group], slot: int) -> None:
    subject, blocks = letters.subject(groups), letters.blocks(follower, groups)
    mail.send(follower, Occasion.DIGEST, slot, subject, blocks, priority=Priority.MANY, stops=DIGEST)
    told = (Told(follower=follower, news=piece) for group in groups for piece in group.news)
    Told.objects.bulk_create(told, 500)
