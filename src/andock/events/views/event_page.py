"""The page of one event, and the files that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from andock.design.markup import linked_data_script
from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.organisations.region import region_of
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries, rules
from ..dating import has_days
from ..lines import line
from ..linked_data import linked_data
from ..standing import EVERYBODY, next_change, standing, ways

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@public_page(scopes=("event:{slug}", "organisations", "strategy"))
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about an event that is for everybody; a draft only for the organiser's people."""
    found = queries.event_at(slug)
    if found is None or not rules.may_see_event(request.user, found):
        raise Http404
    now = timezone.now()
    page_ends_at(request, next_change([found], now))
    canonical = absolute(reverse("events:event", args=[slug]))
    context = {
        "line": line(found, region_of(request), now),
        "event": found,
        "standing": standing(found, now),
        "ways": ways(found),
        "may_register": rules.may_register(EVERYBODY, found, now),
        "has_days": has_days(found),
        "elements": queries.elements_of(found),
        "data": linked_data_script(data) if (data := linked_data(found, canonical)) else "",
        "canonical": canonical,
        "foreign": is_foreign(),
    }
    return render(request, "events/event.html", context)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A PDF of a public event, as a download with a policy of its own: nothing in it may act as a page of this site."""
    found = queries.public_document(slug, number)
    if found is None:
        raise Http404
    try:
        with found.file.open("rb") as file:
            content = file.read()
    except OSError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": f'attachment; filename="{slug}-{found.kind}-{number}.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
