"""Beginning to follow: somebody asks, and whoever owns the mailbox confirms (double opt-in)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from andock.kernel.jobs import Priority
from andock.kernel.text import email_key
from andock.notifications.queries import written_since

from .. import mail, queries
from ..addresses import message_key
from ..choices import Frequency, Occasion
from ..models import Follow, Follower
from ..timing import next_due

if TYPE_CHECKING:
    from datetime import datetime

    from ..things import Thing

MAILS_A_DAY = 10
"""So that nobody's mailbox is filled by making it follow everything."""
MOST_FOLLOWS = 50
A_DAY = timedelta(days=1)
TEN_MINUTES = 600


class TooMany(ValueError):
    """Too many requests for one address in a day; the text says what to do."""


@transaction.atomic
def ask(
    *, email: str, thing: Thing, frequency: str, language: str, now: datetime, origin_hash: str = "",
    is_held_back: bool = False,
) -> None:  # fmt: skip
    """Send the mail that asks for confirmation, or says that there is nothing to confirm.

    The answer is the same for a known address and a new one. Asked again within ten minutes, it sends nothing more.
    ``is_held_back``: very many come from one place just now, so this mail lets all others pass. Raises ``TooMany``.
    """
    follower = _follower(email, language, now)
    _limit(follower, now)
    priority = Priority.LEISURE if is_held_back else Priority.SOMEBODY_WAITS
    follow = Follow.objects.filter(follower=follower, kind=thing.kind, identity=thing.identity).first()
    if follow is None and queries.follows_of(follower).count() >= MOST_FOLLOWS:
        mail.say_full(follower, most=MOST_FOLLOWS, number=_number("full", now), priority=priority)
    elif follow and follow.confirmed_at:
        follow.follower = follower
        mail.say_known(follow, thing, number=_number(follow.pk.hex, now), priority=priority)
    else:
        follow = _asked_for(follow, follower, thing, frequency=frequency, origin_hash=origin_hash, asked_at=now)
        words = follower.language if follower.confirmed_at else language
        number = _number(follow.pk.hex, now)
        mail.ask_to_confirm(follow, thing, number=number, language=words, priority=priority)


def _asked_for(follow: Follow | None, follower: Follower, thing: Thing, **asked: Any) -> Follow:
    """The follow that waits for confirmation, as the last request says."""
    follow = follow or Follow(follower=follower, kind=thing.kind, identity=thing.identity)
    for name, value in asked.items():
        setattr(follow, name, value)
    follow.save()
    return follow


def _follower(email: str, language: str, now: datetime) -> Follower:
    """The row of this address, locked; whoever is not confirmed yet is as the last request says."""
    values = {"email": email, "language": language, "created_at": now}
    Follower.objects.bulk_create([Follower(email_key=email_key(email), **values)], ignore_conflicts=True)
    follower = Follower.objects.select_for_update().get(email_key=email_key(email))
    if follower.confirmed_at is None:
        follower.email, follower.language = email, language
        follower.save(update_fields=["email", "language"])
    return follower


def _limit(follower: Follower, now: datetime) -> None:
    """Raise ``TooMany`` where this address was written to very often today, whether it follows anything or not."""
    if written_since(message_key(follower, Occasion.ASKED, ""), now - A_DAY) >= MAILS_A_DAY:
        raise TooMany(
            _("This address has been written to very often today. Please wait until tomorrow, or use a link we sent.")
        )


def _number(name: str, now: datetime) -> str:
    """The same for ten minutes: who presses twice gets one mail."""
    return f"{name}-{int(now.timestamp()) // TEN_MINUTES}"


@transaction.atomic
def confirm(*, follow: Follow, now: datetime) -> Follow:
    """The mailbox is theirs: from now on they are told. Repeated, it changes nothing."""
    follower = Follower.objects.select_for_update().get(pk=follow.follower_id)
    follow = Follow.objects.get(pk=follow.pk)
    follow.follower = follower
    if follow.confirmed_at is None:
        follow.confirmed_at, follow.origin_hash = now, ""
        follow.save(update_fields=["confirmed_at", "origin_hash"])
    if follower.confirmed_at is None:
        follower.confirmed_at = follower.since = now
        follower.frequency = follow.frequency or Frequency.DAILY
        follower.next_due = next_due(follower.frequency, now)
        follower.save(update_fields=["confirmed_at", "since", "frequency", "next_due"])
    return follow
