"""What the events show on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from andock.accounts.queries import organisations_of
from andock.kernel.pagecache.pages import page_shows, shared_part
from andock.organisations.region import region_of
from andock.strategy.views.reading import is_foreign

from . import queries
from .lines import lines
from .rules import may_keep_events

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from andock.organisations.models import Organisation, Region, Term
    from andock.strategy.models import Edition, ElementVersion

    from .models import Event

NEXT = 3
MOST = 12
SCOPES = ("organisations", "events")


def next_events(request: HttpRequest, region: Region) -> str:
    """On the home page: the next three."""
    return _kept(request, "home", lambda today: queries.coming(queries.public_events(), today)[:NEXT])


def events_of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """On its page: the next three it holds, shares or houses; where none comes, the latest."""

    def find(today: date) -> QuerySet[Event]:
        return queries.nearest(queries.events_in(queries.public_events(), organisation), today)[:NEXT]

    feed = reverse("events:ics_organisation", args=[organisation.slug])
    return _kept(request, f"of {organisation.pk}", find, query=f"kommune={organisation.slug}", feed=feed)


def events_of_topic(request: HttpRequest, terms: Sequence[Term]) -> str:
    """The events that carry any of the terms."""

    def find(today: date) -> QuerySet[Event]:
        return queries.nearest(queries.events_carrying(queries.public_events(), terms), today)[:MOST]

    slug = terms[0].slug
    feed = reverse("events:ics_topic", args=[slug])
    return _kept(request, f"on {slug}", find, query=f"thema={slug}", feed=feed)


def events_of_element(request: HttpRequest, version: ElementVersion) -> str:
    """The events that deal with a passage."""
    about = version.element_id
    return _kept(request, f"about {about}", lambda today: queries.nearest(queries.events_about(about), today)[:MOST])


def events_of_edition(request: HttpRequest, edition: Edition) -> str:
    """The events at which an edition is presented."""
    events = queries.events_presenting(edition)
    return _kept(request, f"presenting {edition.pk}", lambda today: queries.nearest(events, today)[:MOST])


def desks(request: HttpRequest, thing: Any = None) -> str:
    """On the desk of those who keep events: the ways there, and what comes next."""
    today = timezone.localdate()
    own = [found for found, _roles in organisations_of(request.user, today) if may_keep_events(request.user, found)]
    if not own:
        return ""
    coming = queries.coming(queries.public_events().filter(organisation__in=own), today)[:NEXT]
    context = {"organisations": own, "lines": lines(coming, None)}
    return render_to_string("events/panel_desks.html", context, request)


def _kept(request: HttpRequest, name: str, find: Callable[[date], QuerySet[Event]], **more: str) -> str:
    """The section for a place, the same for everyone there on that day."""
    page_shows(request, "events")
    today = timezone.localdate()

    def make() -> str:
        return _shown(list(find(today)), region_of(request), today, more)

    text: str = shared_part(request, f"events {name}", make, scopes=SCOPES, on=today)
    return text


def _shown(found: list[Event], region: Region | None, today: date, more: dict[str, str]) -> str:
    """A section with the events that come; with those that are over where none comes, or where there is room for all."""
    if not found:
        return ""
    coming = [event for event in found if event.last_day >= today]
    past = lines(found[len(coming) :], region)
    context = {"coming": lines(coming, region), "past": past, "foreign": is_foreign(), **more}
    return render_to_string("events/panel.html", context)
