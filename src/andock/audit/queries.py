"""Reads of the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andock.kernel.modules import private_actions

from .models import Entry

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from andock.accounts.models import User


def entries_visible_to(actor: User | AnonymousUser) -> QuerySet[Entry]:
    """Those of the organisations one belongs to; for the agency also all others, but not what tells of a draft.

    Newest first.
    """
    entries = Entry.objects.select_related("actor", "organisation")
    if not actor.is_authenticated:
        return entries.none()
    today = timezone.localdate()
    of_own = Q(organisation__in={held.organisation_id for held in actor.memberships_on(today)})
    return entries.filter(of_own | ~Q(action__in=private_actions()) if actor.is_agency_editor else of_own)


def entries_about(thing: Model) -> QuerySet[Entry]:
    """What people did to one thing."""
    return Entry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))


def entries_filtered(
    entries: QuerySet[Entry], *, action: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """Entries with this action between two days, both included."""
    if action:
        entries = entries.filter(action=action)
    if since:
        entries = entries.filter(at__date__gte=since)
    if until:
        entries = entries.filter(at__date__lte=until)
    return entries
