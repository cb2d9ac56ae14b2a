"""The public pages that show several modules at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from andock.kernel.pagecache.pages import public_page, shared_part
from andock.organisations import queries as organisations
from andock.organisations.region import region_of
from andock.strategy import queries as strategy

from . import queries
from .forms import MunicipalityFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

SCOPES = ("organisations", "strategy", "pages")
OVERVIEW_SCOPES = ("organisations", "strategy")


def overview_today(request: HttpRequest) -> queries.Overview:
    """Three kinds of pages show it, so it is kept until something it shows changes."""
    today = localdate()
    return shared_part(request, "overview", lambda: queries.overview_on(today), scopes=OVERVIEW_SCOPES, on=today)


@public_page(scopes=SCOPES)
def home(request: HttpRequest) -> HttpResponse:
    """The region, its strategy and who takes part; also answers "find my municipality"."""
    region = region_of(request)
    if region is None:
        return render(request, "portal/no_region.html")
    overview = overview_today(request)
    context = {
        "region": region,
        "home": region.text("home"),
        "participation": overview.participation,
        "tiles": overview.map,
        "has_open": overview.has_open,
        "joining": region.text("joining"),
        "supporters": [period for period in overview.periods if period.role == "supporter"],
        "share": round(100 * overview.participation.share),
        **_lasting_sections(request, overview),
    }
    return render(request, "portal/home.html", context)


def _lasting_sections(request: HttpRequest, overview: queries.Overview) -> Mapping[str, Any]:
    """The long sections of the home page: they stay until who takes part, the strategy or the day changes."""

    def make() -> Mapping[str, Any]:
        edition = strategy.edition_in_force()
        glance = {"edition": edition, "glance": queries.at_a_glance(edition) if edition else None}
        listed = {"groups": overview.groups, "has_full_list": len(overview.entries) <= queries.FULL_LIST_LIMIT}
        return {
            "glance": render_to_string("portal/_glance.html", glance),
            "list": render_to_string("portal/_list.html", listed),
            "border_map": queries.border_map(),
        }

    return shared_part(request, "home", make, scopes=OVERVIEW_SCOPES, on=overview.participation.day)


@public_page(scopes=SCOPES, query=("kreis", "rolle"))
def municipalities(request: HttpRequest) -> HttpResponse:
    """All municipalities: map and list, by district and role; also finds one by name or postcode."""
    form = MunicipalityFilter(request.GET)
    chosen = form.chosen()
    today = localdate()
    day = chosen["am"] or today
    overview = overview_today(request) if day == today else queries.overview_on(day)
    called = (
        set(organisations.municipalities_called(chosen["ort"]).values_list("pk", flat=True)) if chosen["ort"] else None
    )
    if called and len(called) == 1 and day == today:  # the town's own page speaks of today
        return redirect("portal:municipality", organisations.municipalities().get(pk=called.pop()).organisation.slug)
    shown = [
        entry
        for entry in overview.entries
        if (called is None or entry.municipality.pk in called) and form.accepts(entry)
    ]
    context = {
        "form": form,
        "chosen": chosen,
        "groups": queries.by_district(shown),
        "count": len(shown),
        "participation": overview.participation,
        "tiles": overview.map,
        "map_day": None if day == today else day,
        "has_open": overview.has_open,
        "border_map": queries.border_map() if day == today else None,  # the borders show today's roles
    }
    return render(request, "portal/municipalities.html", context)


@public_page(scopes=SCOPES)
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality's or another organisation's own page; a former address leads to today's."""
    organisation = organisations.organisation_by_address(slug)
    if organisation is None:
        raise Http404
    if organisation.slug != slug:
        return redirect("portal:municipality", organisation.slug, permanent=True)
    context: dict[str, Any] = {"organisation": organisation, "periods": strategy.periods_of(organisation)}
    context["successions"] = organisations.successions_of(organisation) if organisation.has_successions else []
    if found := getattr(organisation, "municipality", None):
        overview = overview_today(request)
        entry = next((entry for entry in overview.entries if entry.municipality.pk == found.pk), None)
        context |= {"entry": entry, "municipality": found}
        if entry:  # not where others have followed it
            context |= {"tiles": overview.map, "similar": queries.similar(entry, overview.entries)}
    return render(request, "portal/municipality.html", context)


@public_page(scopes=SCOPES)
def borders(request: HttpRequest) -> JsonResponse:
    """The borders of the municipalities with their roles, for the map."""
    return JsonResponse(queries.border_features(localdate()), content_type="application/geo+json")


@public_page(scopes=SCOPES)
def join(request: HttpRequest) -> HttpResponse:
    """How to take part: doors for municipalities, citizens, clubs and companies."""
    region = region_of(request)
    return render(request, "portal/join.html", {"region": region, "joining": region.text("joining") if region else {}})


@public_page(scopes=SCOPES)
def topics(request: HttpRequest) -> HttpResponse:
    """The region's vocabularies."""
    return render(request, "portal/topics.html", {"vocabularies": queries.vocabularies()})


@public_page(scopes=("organisations",))
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that carries a term, as the modules show it; a topic and a field of the same name share their page."""
    found = list(organisations.terms().filter(slug=slug))
    if not found:
        raise Http404
    return render(request, "portal/topic.html", {"term": found[0], "terms": found})
