"""Owners of cards that nobody has confirmed for a year are asked once; the cards stay as they are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from .. import mail, queries
from ..models import Solution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from andock.organisations.models import Organisation


def remind_due(*, now: datetime) -> int:
    """Write to the owners of all cards that are due; returns of how many cards. Again, it does nothing more."""
    due = queries.solutions_to_remind_of(now)
    return sum(
        _remind(organisation, [solution.pk for solution in found], now)
        for organisation, found in groupby(due, key=lambda solution: solution.organisation)
    )


@transaction.atomic
def _remind(organisation: Organisation, ids: Sequence[UUID], now: datetime) -> int:
    """One mail to each of its people about all its cards; nobody is there yet where nobody holds a role."""
    locked = Solution.objects.select_for_update(of=("self",), no_key=True)
    cards = list(locked.filter(pk__in=ids, reminded_at=None).order_by("title"))
    if not cards or not mail.confirm_please(organisation, cards, now):
        return 0
    Solution.objects.filter(pk__in=[card.pk for card in cards]).update(reminded_at=now)
    return len(cards)
