"""What the knowledge shows on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from andock.accounts.queries import organisations_of
from andock.kernel.pagecache.pages import page_shows
from andock.organisations.queries import the_region
from andock.strategy.views.reading import is_foreign

from . import queries, transfer_queries
from .cards import lines
from .rules import may_keep_findings, may_keep_solutions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from andock.events.models import Event
    from andock.organisations.models import Organisation, Term
    from andock.strategy.models import ElementVersion

    from .models import Solution

FEW = 4
MOST = 12


def solutions_of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """On its page: what it owns first, then what it takes part in; for a municipality the way to what fits it."""
    page_shows(request, "solutions")
    found = queries.own_first(queries.published_solutions(), organisation)
    town = organisation if hasattr(organisation, "municipality") else None
    return _shown(request, found[: FEW + 1], most=FEW, query=f"kommune={organisation.slug}", town=town)


def knowledge_of_topic(request: HttpRequest, terms: Sequence[Term]) -> str:
    """The solutions that carry any of the terms, then the guides that do."""
    page_shows(request, "solutions", "guides")
    found = queries.in_order(queries.solutions_carrying(queries.published_solutions(), terms))
    solutions = _shown(request, found[: MOST + 1], most=MOST, query=f"thema={terms[0].slug}")
    return format_html("{}{}", solutions, _guides(request, terms))


def _guides(request: HttpRequest, terms: Sequence[Term]) -> str:
    found = list(queries.guides_carrying(terms)[:MOST])
    context = {"guides": found, "foreign": is_foreign()}
    return render_to_string("knowledge/panel_guides.html", context, request) if found else ""


def solutions_of_element(request: HttpRequest, version: ElementVersion) -> str:
    """The solutions that serve a passage."""
    page_shows(request, "solutions")
    return _shown(request, queries.in_order(queries.solutions_serving(version.element_id))[: MOST + 1], most=MOST)


def findings_of_event(request: HttpRequest, event: Event) -> str:
    """What was learnt at an event; only a page that names a card depends on the cards."""
    page_shows(request, "findings")
    found = list(queries.findings_at(event))
    if not found:
        return ""
    page_shows(request, "solutions", "organisations")
    context = {"findings": found, "event": event, "foreign": is_foreign()}
    return render_to_string("knowledge/panel_findings.html", context, request)


def finding_from_event(request: HttpRequest, event: Event) -> str:
    """At its desk: the way to write down what was learnt, for whoever may."""
    if not event.is_public or not may_keep_findings(request.user, event.organisation):
        return ""
    return render_to_string("knowledge/panel_event_desk.html", {"event": event}, request)


def _shown(
    request: HttpRequest, solutions: QuerySet[Solution], *, most: int, query: str = "", town: Organisation | None = None
) -> str:
    found = list(solutions)
    if not found and not town:
        return ""
    context = {
        "lines": lines(found[:most]),
        "has_more": len(found) > most,
        "query": query,
        "town": town,
        "foreign": is_foreign(),
    }
    return render_to_string("knowledge/panel.html", context, request)


def desks(request: HttpRequest, thing: Any = None) -> str:
    """The ways to the desks of those who keep solutions and guides, and how much waits for their word."""
    own = [found for found, _roles in organisations_of(request.user, timezone.localdate())]
    region = the_region()
    places = [*own, *([region.organisation] if region else [])]
    kept = [found for found in dict.fromkeys(places) if may_keep_solutions(request.user, found)]
    waiting = transfer_queries.waiting_for(kept)
    context = {"ways": [(found, waiting.get(found.pk, 0)) for found in kept]}
    return render_to_string("knowledge/panel_desks.html", context, request) if kept else ""
