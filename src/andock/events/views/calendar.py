"""Events for calendar programs: one to save, feeds to subscribe to, and one's own entry with the online room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from andock.kernel.downloads import kept_file
from andock.kernel.pagecache.pages import public_page
from andock.organisations.queries import organisation_by_address, terms, the_region

from .. import ical, queries
from ..addresses import registration_id_of
from ..letters import is_coming, room_of, where_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from ..models import Event

SCOPES = ("events", "organisations")
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@public_page(scopes=("event:{slug}", *SCOPES))
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, without the link to the online room. None where neither time nor day is known."""
    found = get_object_or_404(queries.public_events(), slug=slug)
    if not ical.has_entry(found):
        raise Http404
    return kept_file(request, HttpResponse(ical.file_of(found), content_type=CALENDAR), f"{slug}.ics")


@require_safe
@public_page(scopes=SCOPES)
def region(request: HttpRequest) -> HttpResponse:
    """All events of the region."""
    name = _("Events: %s") % (the_region() or "Andock")
    return _feed(request, queries.calendar_events(timezone.localdate()), name, "kalender")


@require_safe
@public_page(scopes=SCOPES)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What a municipality or other organisation holds, shares or houses; a former address leads to today's."""
    found = organisation_by_address(slug)
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect("events:ics_organisation", found.slug, permanent=True)
    events = queries.events_in(queries.calendar_events(timezone.localdate()), found)
    return _feed(request, events, _("Events: %s") % found, slug)


@require_safe
@public_page(scopes=SCOPES)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What carries a term; a topic and a field of the same name share their feed, as they do their page."""
    found = list(terms().filter(slug=slug))
    if not found:
        raise Http404
    events = queries.events_carrying(queries.calendar_events(timezone.localdate()), found)
    return _feed(request, events, _("Events: %s") % found[0], slug)


@require_safe
@never_cache
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The entry of somebody who is registered for sure, with the link to the online room where it is for them."""
    registration_id = registration_id_of(token)
    registration = queries.registration(registration_id) if registration_id else None
    if registration is None or not is_coming(registration) or not ical.has_entry(registration.event):
        raise Http404
    calendar = ical.file_of(registration.event, room=room_of(registration), where=where_of(registration))
    return kept_file(request, HttpResponse(calendar, content_type=CALENDAR), ical.NAME)


def _feed(request: HttpRequest, events: Iterable[Event], name: str, file: str) -> HttpResponse:
    return kept_file(request, HttpResponse(ical.feed(events, name), content_type=CALENDAR), f"{file}.ics")
