"""The page of a series: what it is, and its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.organisations.region import region_of
from andock.strategy.views.reading import is_foreign

from .. import queries, rules
from ..lines import lines
from ..standing import EVERYBODY, next_change

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public_page(scopes=("events", "organisations"))
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Its events that come, then those that are over."""
    found = get_object_or_404(queries.public_series(), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    events = list(queries.nearest(queries.with_seats(queries.public_events().filter(series=found)), today))
    page_ends_at(request, next_change(events, now))
    coming = [event for event in events if event.last_day >= today]
    context = {
        "series": found,
        "coming": lines(coming, region_of(request), now),
        "past": lines(events[len(coming) :], region_of(request)),
        "may_register": found.at_once and any(rules.may_register(EVERYBODY, event, now) for event in coming),
        "foreign": is_foreign(),
    }
    return render(request, "events/series.html", context)
