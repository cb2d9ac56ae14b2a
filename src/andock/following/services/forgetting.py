"""Addresses go when nothing is followed with them, and news when they are old."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from andock.audit.services import record
from andock.notifications.queries import message, readable_messages
from andock.notifications.services import forget_messages
from andock.organisations.queries import the_region

from .. import queries
from ..addresses import follower_id_in, message_keys
from ..models import Follow, Follower, News

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

A_DAY = timedelta(days=1)
MOST_BOUNCES = 3


@transaction.atomic
def forget_due(*, now: datetime) -> None:
    """Delete what was never confirmed, addresses that follow nothing, and old news; repeated, it does nothing."""
    queries.never_confirmed(now).delete()
    rows = _due(now)
    erase(list(rows["addresses that follow nothing"].values_list("pk", flat=True)), is_job=True)
    rows["places on the network"].update(origin_hash="")
    rows["old news"].delete()


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_due`` would delete or strip, by what."""
    return {name: rows.count() for name, rows in _due(now).items()}


def _due(now: datetime) -> dict[str, QuerySet]:
    return {
        "wishes to follow never confirmed": queries.never_confirmed(now),
        "addresses that follow nothing": queries.following_nothing().filter(created_at__lt=now - A_DAY),
        "places on the network": Follow.objects.exclude(origin_hash="").filter(asked_at__lt=now - A_DAY),
        "old news": News.objects.filter(at__lt=now - queries.KEEP_NEWS),
    }


def erase(ids: Collection[UUID], *, is_job: bool = False) -> None:
    """Delete these addresses with all they follow, and the words of mails to them. The trail counts them."""
    if not ids:
        return
    for follower_id in ids:
        written = readable_messages().filter(key__startswith=message_keys(follower_id))
        forget_messages(keys=list(written.values_list("key", flat=True)))
    Follower.objects.filter(pk__in=ids).delete()
    if region := the_region():
        record(
            actor=None, action="following.forgotten", thing=region, organisation=region.organisation,
            data={"addresses": len(ids), "by_link": not is_job},
        )  # fmt: skip


@transaction.atomic
def bounced(*, message_id: int) -> bool:
    """A mail came back: after the third the address is given up. Other modules' mails are not ours."""
    found = message(message_id)
    follower_id = follower_id_in(found.key) if found else None
    follower = Follower.objects.select_for_update().filter(pk=follower_id).first() if follower_id else None
    if follower is None:
        return False
    follower.bounces += 1
    follower.save(update_fields=["bounces"])
    if follower.bounces >= MOST_BOUNCES or follower.confirmed_at is None:
        erase([follower.pk], is_job=True)
    return True
