"""What the pages about ideas share: which idea, which process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from andock.maps.ground import ground_of
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of
from andock.participation.views.public import seen_process

from .. import queries, rules

if TYPE_CHECKING:
    from django.http import HttpResponse

    from andock.maps.ground import Ground
    from andock.participation.models import Process

    from ..models import Idea


def process_with_ideas(request: HttpRequest, slug: str) -> Process:
    """A process this person may see, that collects ideas; else 404."""
    found = seen_process(request, slug)
    if phase_of(found, PhaseKind.IDEAS) is None:
        raise Http404
    return found


def ground_for(request: HttpRequest, process: Process) -> Ground | None:
    """What the process's map shows below its ideas."""
    return ground_of(request, None if process.is_region_wide else process.organisation)


def seen_idea(request: HttpRequest, slug: str, number: int) -> Idea:
    """An idea this person may see; else 404."""
    found = queries.idea(process_with_ideas(request, slug), number)
    if found is None or not rules.may_see_idea(request.user, found):
        raise Http404
    return found


def to_link(request: HttpRequest, process: Process) -> HttpResponse:
    """Say who you are first; it leads back here."""
    return redirect(f"{reverse('participation:link', args=[process.slug])}?{urlencode({'weiter': request.path})}")
