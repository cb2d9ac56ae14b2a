"""Learning groups from a region's folder. One that is there already stays as its members keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.pagecache.versions import bump, public_transaction

from .. import queries
from ..models import GroupMember

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..group_table import IncomingGroup


@public_transaction()
def load_groups(*, found: Sequence[IncomingGroup], today: date) -> int:
    """Write the groups that are not there yet; returns how many."""
    taken = queries.taken_group_slugs()
    fresh = [incoming for incoming in found if incoming.group.slug not in taken]
    for incoming in fresh:
        _create(incoming, today)
    if fresh:
        bump("groups")
    return len(fresh)


def _create(incoming: IncomingGroup, today: date) -> None:
    group = incoming.group
    group.save(force_insert=True)
    group.events.set(incoming.events)
    group.terms.set(incoming.terms)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, organisation=organisation, joined_on=today) for organisation in incoming.members
    )
