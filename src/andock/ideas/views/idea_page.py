"""One idea: its words, place and photo, who supports it, what is said about it, what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.maps.showing import shown_map
from andock.participation.lines import next_change
from andock.participation.views.public import head_of
from andock.strategy.queries import wordings_of
from andock.strategy.views.reading import absolute

from .. import queries, rules
from ..lines import threads
from .frame import ground_for, seen_idea

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.maps.showing import ShownMap

    from ..models import Idea

SCOPES = ("process:{slug}", "ideas:{slug}", "organisations", "strategy", "solutions", "maps")


@require_safe
@public_page(scopes=SCOPES)
def idea(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything about it that is for everybody. What was joined with another keeps its page and leads on."""
    found, now = seen_idea(request, slug, number), timezone.now()
    process, element_id = found.contribution.process, found.contribution.element_id
    page_ends_at(request, next_change([process], now))
    context = head_of(process) | {
        "idea": found, "contribution": found.contribution, "supports": queries.supports_of([found]).get(found.pk, 0),
        "threads": threads(queries.remarks_of(found)), "merged": queries.merged_ideas(found),
        "element": wordings_of(element_id).first() if element_id else None, "solutions": queries.public_solutions(found),
        "may_support": rules.may_support(None, found, now), "may_remark": rules.may_remark(None, found, now),
        "map": _map(request, found), "canonical": absolute(reverse("ideas:idea", args=[slug, number])),
    }  # fmt: skip
    return render(request, "ideas/idea.html", context)


def _map(request: HttpRequest, idea: Idea) -> ShownMap | None:
    if idea.latitude is None or idea.longitude is None:
        return None
    contribution = idea.contribution
    place = (0, contribution.title, contribution.address, idea.latitude, idea.longitude)
    return shown_map(ground_for(request, contribution.process), [place])


@require_safe
def photo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The photo of an idea, with a policy of its own: it may do nothing but be seen."""
    found = seen_idea(request, slug, number)
    if not found.photo or not (found.contribution.text):
        raise Http404
    try:
        with found.photo.open("rb") as file:
            content = file.read()
    except OSError as error:
        raise Http404 from error
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=300" if found.contribution.is_public else "private, no-store",
    }
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
