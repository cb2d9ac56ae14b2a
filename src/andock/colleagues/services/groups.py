"""Learning groups: founded, described, joined and left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.audit.services import record
from andock.events.queries import public_events
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.knowledge.addresses import short_name
from andock.organisations.queries import term_keys

from .. import queries, rules
from ..models import Group, GroupMember
from .offices import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

FIELDS = ("title", "summary", "text")


@public_transaction()
def found(
    *, actor: User, organisation: Organisation, now: datetime, today: date, terms: Iterable[str],
    events: Iterable[str], **fields: str,
) -> Group:  # fmt: skip
    """A new group, with its founder as the first member. Raises ``Denied``."""
    rules.may_found_group(actor, organisation).demand()
    slug = short_name(fields["title"], queries.taken_group_slugs(), "gruppe")
    group = _save(Group(organisation=organisation, slug=slug), now, terms, events, fields)
    GroupMember.objects.create(group=group, organisation=organisation, joined_on=today)
    _leave_trace(actor, "group_founded", group, organisation, fields)
    return group


@public_transaction()
def change(
    *, actor: User, group: Group, seen: str, now: datetime, terms: Iterable[str], events: Iterable[str], **fields: str
) -> Group:
    """What stands on its page. Raises ``Denied``, or ``ChangedMeanwhile`` so that nobody's text is lost."""
    rules.may_keep_group(actor, group).demand()
    group = _locked(group)
    if seen != group.changed_at.isoformat():
        raise ChangedMeanwhile(group)
    _save(group, now, terms, events, fields)
    _leave_trace(actor, "group_changed", group, group.organisation, fields)
    return group


@public_transaction()
def join(*, actor: User, group: Group, organisation: Organisation, today: date) -> None:
    """Take part from today on. Raises ``Denied``."""
    group = _locked(group)
    rules.may_join_group(actor, group, organisation).demand()
    GroupMember.objects.create(group=group, organisation=organisation, joined_on=today)
    _leave_trace(actor, "group_joined", group, organisation)


@public_transaction()
def leave(*, actor: User, group: Group, organisation: Organisation, today: date) -> None:
    """Take part no more; what it has written stays. Raises ``Denied``."""
    group = _locked(group)
    rules.may_leave_group(actor, group, organisation).demand()
    group.memberships.filter(organisation=organisation, left_on=None).update(left_on=today)
    _leave_trace(actor, "group_left", group, organisation)


def _save(group: Group, now: datetime, terms: Iterable[str], events: Iterable[str], fields: dict[str, str]) -> Group:
    for name in FIELDS:
        setattr(group, name, fields[name])
    group.changed_at = now
    group.save()
    group.terms.set([term for key, term in term_keys().items() if key in set(terms)])
    group.events.set(public_events().filter(slug__in=list(events)))
    return group


def _locked(group: Group) -> Group:
    """As it is now, for one writer at a time."""
    found = Group.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("organisation").get(pk=group.pk)


def _leave_trace(actor: User, act: str, group: Group, organisation: Organisation, after: Any = None) -> None:
    record(
        actor=actor, action=f"colleagues.{act}", thing=group, organisation=organisation, after=after,
        data={"group": group.slug},
    )  # fmt: skip
    bump("groups")
