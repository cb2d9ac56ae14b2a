"""Links that only their owner has, and what mails are known by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from andock.kernel import signed_ids

from .choices import Kind

if TYPE_CHECKING:
    from .models import Follow, Follower

MINE, CONFIRM = "mine", "confirm"
DIGEST, NEWSLETTER = "neues", Kind.NEWSLETTER.value
"""The two kinds of mails that one click ends, each by itself."""
LISTS = {DIGEST: DIGEST, "rundbrief": NEWSLETTER}


def token(purpose: str, pk: UUID) -> str:
    return signed_ids.token(f"following.{purpose}", pk)


def id_in(purpose: str, text: str) -> UUID | None:
    """The id in a token of this purpose, else None."""
    return signed_ids.id_in(f"following.{purpose}", text)


def link_to_confirm(follow: Follow) -> str:
    return _absolute("following:confirm", token(CONFIRM, follow.pk))


def link_to_mine(follower: Follower) -> str:
    """The page on which somebody sees and changes what they follow."""
    return _absolute("following:mine", token(MINE, follower.pk))


def link_to_stop(follower: Follower, which: str) -> str:
    """Where one click ends digests or the newsletter."""
    word = next(word for word, name in LISTS.items() if name == which)
    return _absolute("following:stop", word, token(f"stop.{which}", follower.pk))


def _absolute(name: str, *arguments: str) -> str:
    return settings.ANDOCK_BASE_URL + reverse(name, args=arguments)


def message_key(follower: Follower, occasion: str, number: object) -> str:
    """What a mail is known by, without saying who its reader is."""
    return f"{message_keys(follower.pk)}{occasion}-{number}"


def message_keys(follower_id: UUID) -> str:
    """How the keys of all mails to somebody begin."""
    return f"following-{follower_id.hex}-"


def follower_id_in(key: str) -> UUID | None:
    """Whom a mail was written to, by its key; None for other mails."""
    word, _dash, rest = key.partition("-")
    found = rest.partition("-")[0]
    return UUID(found) if word == "following" and len(found) == 32 else None  # noqa: PLR2004  digits of an id
