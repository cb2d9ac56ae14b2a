"""The page of one solution, and the files that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_shows, public_page
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries, rules
from ..cards import card, lines
from ..downloads import as_download
from ..edges import lineage_of
from ..facts import facts
from ..figures import as_known
from ..transfers import lines_on, told

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from andock.events.models import Event

    from ..models import Finding, Solution, TransferStage


@require_safe
@public_page(scopes=("solutions", "findings", "guides", "organisations", "strategy"))
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about a solution that is for everybody; a draft only for its owner's people."""
    found = queries.solution_at(slug)
    if found is None or not rules.may_see_solution(request.user, found):
        raise Http404
    today = timezone.localdate()
    context = {
        "card": card(found, today),
        "solution": found,
        "facts": facts(found),
        "elements": queries.elements_of(found),
        "guides": list(queries.guides_about(found)),
        "findings": _findings(request, found),
        "transfers": (transfers := _transfers(found, today)),
        "lineage": lineage_of(found, transfers),
        "events": _events(request, found),
        "related": lines(queries.related_to(found)),
        "canonical": absolute(reverse("knowledge:solution", args=[slug])),
        "foreign": is_foreign(),
    }
    return render(request, "knowledge/solution.html", context)


def _transfers(solution: Solution, today: date) -> list[TransferStage]:
    """How far everybody is with taking it over."""
    if not solution.has_transfers:
        return []
    stages = list(queries.told_stages(solution))
    return lines_on(stages, as_known(map(told, stages), today), today)


def _findings(request: HttpRequest, solution: Solution) -> list[Finding]:
    """What was learnt with it; only a page that names an event depends on them."""
    found = list(queries.findings_with(solution)) if solution.has_findings else []
    if any(finding.event for finding in found):
        page_shows(request, "events")
    return found


def _events(request: HttpRequest, solution: Solution) -> list[Event]:
    """The events at which it was shown; only a page that names one depends on them."""
    if not solution.has_events:
        return []
    page_shows(request, "events")
    return queries.public_events_of(solution)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A PDF of a public card."""
    found = queries.public_document(slug, number)
    if found is None:
        raise Http404
    return as_download(found.file, f"{slug}-{found.kind}-{number}.pdf")
