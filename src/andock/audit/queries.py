"""Reads of the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from .models import Entry

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from andock.accounts.models import User


def entries_visible_to(actor: User | AnonymousUser) -> QuerySet[Entry]:
    """All entries for the agency; for others those of the organisations they belong to. Newest first."""
    entries = Entry.objects.select_related("actor", "organisation")
    if not actor.is_authenticated:
        return entries.none()
    if actor.is_agency_editor:
        return entries
    today = timezone.localdate()
    return entries.filter(organisation__in={held.organisation_id for held in actor.memberships_on(today)})


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
