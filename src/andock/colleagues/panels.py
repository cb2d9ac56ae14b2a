"""What the colleagues show on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone

from andock.accounts.queries import organisations_of
from andock.kernel.pagecache.pages import page_shows, shared_part
from andock.knowledge.choices import Publication
from andock.organisations.region import region_of
from andock.strategy.views.reading import is_foreign

from . import queries
from .rules import may_keep_enquiries
from .words import words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation, Region


def ask_the_owner(request: HttpRequest, solution: Solution) -> str:
    """On a card that can be asked about: the same link for everybody, so the page may be kept."""
    if solution.publication != Publication.PUBLISHED:
        return ""
    return render_to_string("colleagues/panel_ask.html", {"solution": solution}, request)


def from_office_to_office(request: HttpRequest, thing: Any = None) -> str:
    """On the start of the administration: the ways to colleagues, and what waits for an answer."""
    own = [found for found, _roles in organisations_of(request.user, timezone.localdate())]
    if not own:
        return ""
    owed = queries.owed_answers(own)
    desks = [
        {"organisation": found, "asks": may_keep_enquiries(request.user, found), "owed": owed.get(found.pk, 0)}
        for found in own
    ]
    return render_to_string("colleagues/panel_start.html", {"desks": desks}, request)


def groups_of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """On its page: the groups it learns in. Who takes part where is read once for all pages."""
    page_shows(request, "groups")
    groups = shared_part(request, "groups by member", queries.groups_by_member, scopes=("groups",))
    if organisation.pk not in groups:
        return ""
    context = {"groups": groups[organisation.pk], "words": words(region_of(request)), "foreign": is_foreign()}
    return render_to_string("colleagues/panel_municipality.html", context, request)


def learning_together(request: HttpRequest, region: Region) -> str:
    """On the page about taking part: the way to the groups."""
    return render_to_string("colleagues/panel_join.html", {"words": words(region)}, request)
