"""Issues, for the desk and for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from .models import Issue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andock.organisations.models import Organisation


def published() -> QuerySet[Issue]:
    """What everybody may read, the newest first."""
    return Issue.objects.filter(number__isnull=False).select_related("organisation")


def published_issue(number: int) -> Issue | None:
    return published().filter(number=number).first()


def desk_issues(organisation: Organisation) -> QuerySet[Issue]:
    """All issues of an organisation, those changed last first."""
    return Issue.objects.filter(organisation=organisation).order_by("-changed_at", "-pk")


def own_issue(organisation: Organisation, issue_id: int) -> Issue | None:
    return Issue.objects.select_related("organisation").filter(organisation=organisation, pk=issue_id).first()


def last_number() -> int:
    """The number of the newest issue; 0 before the first."""
    return Issue.objects.aggregate(last=Max("number"))["last"] or 0
