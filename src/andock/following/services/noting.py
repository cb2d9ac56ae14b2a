"""What has happened, written down once; it wakes those who want to hear of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from andock.search.queries import keys_beginning

from ..choices import Frequency, What
from ..models import Follower, News
from ..timing import SETTLING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

STRATEGY, ORGANISATIONS, KNOWLEDGE, PARTICIPATION = "strategy", "organisations", "knowledge", "participation"
UNTOLD = (f"{PARTICIPATION} idea:",)
"""What is found but no news: words of strangers, which nobody shall spread by mail, and many of them."""


@transaction.atomic
def note(*, source: str, added: Iterable[str], changed: Iterable[str], now: datetime) -> None:
    """Things are new to readers, or read differently. Repeated on the same day, it changes nothing."""
    pieces = [_piece(source, key, What.ADDED, now) for key in added]
    pieces += [_piece(source, key, What.CHANGED, now) for key in changed]
    _write([one for one in pieces if not f"{one.source} {one.key}".startswith(UNTOLD)], now)


@transaction.atomic
def note_in_force(*, framework_id: int, ordinal: int, now: datetime) -> None:
    """An edition is in force, and with it each of its passages."""
    keys = keys_beginning(STRATEGY, f"{framework_id}/{ordinal}/")
    _write([_piece(STRATEGY, key, What.IN_FORCE, now) for key in keys], now)


@transaction.atomic
def note_docked(*, organisation_id: int, now: datetime) -> None:
    """An organisation takes part."""
    _write([_piece(ORGANISATIONS, str(organisation_id), What.DOCKED, now)], now)


@transaction.atomic
def note_taken_over(*, solution_id: str, now: datetime) -> None:
    """It was told how far somebody is with a solution."""
    _write([_piece(KNOWLEDGE, f"solution:{solution_id}", What.TAKEN_OVER, now)], now)


@transaction.atomic
def note_process(*, process_id: int, what: What, now: datetime, since: datetime | None = None) -> None:
    """Something was answered in a process, or a phase of it begins or ends. ``since``: told already after it, it is no news."""
    piece = _piece(PARTICIPATION, f"process:{process_id}", what, now)
    told = (
        News.objects.filter(source=piece.source, key=piece.key, what=what, at__gte=since)
        if since
        else News.objects.none()
    )
    if not told.exists():
        _write([piece], now)


def _piece(source: str, key: str, what: What, now: datetime) -> News:
    return News(source=source, key=key, what=what, day=timezone.localdate(now), at=now)


def _write(pieces: list[News], now: datetime) -> None:
    if not pieces:
        return
    News.objects.bulk_create(pieces, 500, ignore_conflicts=True)
    waiting = Follower.objects.filter(frequency=Frequency.AT_ONCE, confirmed_at__isnull=False, next_due=None)
    waiting.update(next_due=now + SETTLING)
