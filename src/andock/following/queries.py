"""Who follows what, and what there is to tell them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from .choices import Frequency, Kind
from .models import Follow, Follower, News, Told

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

CROWD, CROWD_WITHIN = 20, timedelta(hours=1)
"""So many unconfirmed requests from one place in so short a time are rather a machine than a town hall."""
NEVER_CONFIRMED = timedelta(days=7)
KEEP_NEWS = timedelta(days=60)
"""So long news are told to whoever was not told yet, and nothing is new twice."""


def follower(follower_id: UUID) -> Follower | None:
    return Follower.objects.filter(pk=follower_id).first()


def follow(follow_id: UUID) -> Follow | None:
    return Follow.objects.select_related("follower").filter(pk=follow_id).first()


def follows_of(follower: Follower) -> QuerySet[Follow]:
    """What somebody follows and has confirmed, as it was begun."""
    return Follow.objects.filter(follower=follower, confirmed_at__isnull=False)


def is_crowd(origin_hash: str, now: datetime) -> bool:
    """Whether very many requests came from one place just now that nobody has confirmed."""
    found = Follow.objects.filter(origin_hash=origin_hash, asked_at__gte=now - CROWD_WITHIN, confirmed_at__isnull=True)
    # Said once more, for the index holds no others: SQLite else goes through all there are.
    return bool(origin_hash) and found.exclude(origin_hash="")[:CROWD].count() >= CROWD


def due(now: datetime) -> QuerySet[Follower]:
    """Whose next digest it is time to look for, those who wait longest first."""
    return Follower.objects.filter(next_due__lte=now).order_by("next_due", "pk")


def untold(follower: Follower, now: datetime) -> list[News]:
    """News since somebody follows that stood in no digest to them."""
    told = Told.objects.filter(follower=follower, news=OuterRef("pk"))
    begin = max(now - KEEP_NEWS, follower.since or now)
    return list(News.objects.filter(~Exists(told), at__gt=begin))


def never_confirmed(now: datetime) -> QuerySet[Follow]:
    return Follow.objects.filter(confirmed_at__isnull=True, asked_at__lt=now - NEVER_CONFIRMED)


def following_nothing() -> QuerySet[Follower]:
    """Addresses we have no reason to keep."""
    return Follower.objects.filter(~Exists(Follow.objects.filter(follower=OuterRef("pk"))))


def readers(until: datetime, after: str = "") -> QuerySet[Follower]:
    """Who had confirmed the newsletter at a moment and wants mails now, in the order of their ids, after one of them."""
    ordered = Follow.objects.filter(kind=Kind.NEWSLETTER, confirmed_at__lte=until).values("follower")
    found = Follower.objects.filter(pk__in=ordered).exclude(frequency=Frequency.NONE).order_by("pk")
    return found.filter(pk__gt=after) if after else found
