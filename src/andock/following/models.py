"""Who follows what, and what has happened.

Kept of a person: the mail address, the language, what they follow and how often they want to hear of it; because they
asked for mails. It goes at once when they leave, after seven days when they never confirmed, and when their address takes no
mail for good. ``origin_hash`` says for a day whether many requests came from one place, and nothing afterwards.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .choices import Frequency, Kind, What


class Follower(models.Model):
    """An address that wants to be told. ``email_key`` is it, folded for comparison.

    News before ``since`` are not for them. ``next_due`` is when the next digest is looked for; nothing, while it waits
    for news (at once) or for a word from them. ``bounces`` counts mails that came back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254, unique=True)
    language = models.CharField(max_length=20, default="de")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    next_due = models.DateTimeField(null=True)
    bounces = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["next_due"], name="follower_due", condition=Q(next_due__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="follower_frequency_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(next_due__isnull=True),
                name="follower_confirmed_before_mail",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(since__isnull=False), name="follower_since_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Follow(models.Model):
    """Somebody follows something. ``identity`` is what the kind knows it by, or the words of a search.

    Until it is confirmed nothing is told; ``frequency`` is what the form asked for, and holds where it is the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    identity = models.CharField(max_length=700)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    origin_hash = models.CharField(max_length=16, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_at", "pk")
        indexes = [
            models.Index(fields=["origin_hash", "asked_at"], name="follow_by_place", condition=~Q(origin_hash="")),
            models.Index(fields=["kind", "identity"], name="follow_of_thing"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["follower", "kind", "identity"], name="follow_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="follow_kind_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="follow_frequency_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.identity}"


class News(models.Model):
    """Something public has happened: rows are added and, after two months, deleted; never changed.

    ``source`` and ``key`` name the thing as the search's documents do; its title and address are read there when it is
    told, so what is no longer public is never told. Once new is new once; a thing changes once a day at most.
    """

    source = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    what = models.CharField(max_length=10, choices=What.choices)
    day = models.DateField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "what", "day"], name="news_once_a_day"),
            models.UniqueConstraint(fields=["source", "key"], condition=Q(what=What.ADDED), name="news_added_once"),
            models.CheckConstraint(condition=Q(what__in=What.values), name="news_what_known"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.source} {self.key}"


class Told(models.Model):
    """A piece of news stood in a digest to somebody, written in the same transaction: it never will again."""

    pk = models.CompositePrimaryKey("follower", "news")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="told", db_index=False)
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="told")

    def __str__(self) -> str:
        return f"{self.follower_id} {self.news_id}"
