"""What everybody sees of learning groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.events.lines import lines
from andock.events.queries import nearest
from andock.kernel.pagecache.pages import public_page
from andock.organisations.region import region_of
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries
from ..words import words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public_page(scopes=("groups", "organisations"))
def listing(request: HttpRequest) -> HttpResponse:
    """All groups by title."""
    context = {"groups": list(queries.groups()), "words": words(region_of(request)), "foreign": is_foreign()}
    return render(request, "colleagues/groups.html", context)


@require_safe
@public_page(scopes=("groups", "organisations", "events"))
def group(request: HttpRequest, group: str) -> HttpResponse:
    """What it is about, who takes part, when it meets."""
    found = queries.group_at(group)
    if found is None:
        raise Http404
    today, region = timezone.localdate(), region_of(request)
    meetings = list(nearest(queries.meetings_of(found), today))
    context = {
        "group": found, "members": list(queries.members_of(found)), "words": words(region),
        "coming": lines([event for event in meetings if event.last_day >= today], region),
        "past": lines([event for event in meetings if event.last_day < today], region),
        "canonical": absolute(reverse("colleagues:group", args=[found.slug])), "foreign": is_foreign(),
    }  # fmt: skip
    return render(request, "colleagues/group.html", context)
