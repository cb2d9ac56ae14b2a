"""All ideas of a process as a list and on the map; the same as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.participation.lines import next_change
from andock.participation.views.public import head_of

from .. import queries, rules
from ..geojson import ideas_geojson
from ..idea_filter import KEYS, IdeaFilter
from ..lines import idea_lines, map_of
from .frame import ground_for, process_with_ideas

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.participation.models import Process

PAGE_SIZE = 20
SCOPES = ("process:{slug}", "ideas:{slug}", "organisations", "maps")


@require_safe
@public_page(scopes=SCOPES, query=("seite", *KEYS))
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Public ideas, narrowed and in the order that was asked for; the map shows those of the same page."""
    process, now = process_with_ideas(request, slug), timezone.now()
    page_ends_at(request, next_change([process], now))
    form = IdeaFilter(request.GET, process)
    page, chosen = _page(form, process, request.GET.get("seite")), form.chosen()
    lines = idea_lines(queries.whole(list(page)), max(page.start_index(), 1))
    context = head_of(process) | {
        "form": form, "chosen": chosen, "query": urlencode(chosen), "page": page, "lines": lines,
        "map": map_of(ground_for(request, process), process, lines), "may_send": rules.may_send_idea(None, process, now),
    }  # fmt: skip
    return render(request, "ideas/list.html", context)


class Counted(Paginator):
    """Of numbers of ideas whose count is known."""

    count = 0


def _page(form: IdeaFilter, process: Process, asked: str | None) -> Page:
    numbers = form.narrow(queries.public_ideas(process)).values_list("pk", flat=True)
    found = Counted(numbers, PAGE_SIZE)
    found.count = numbers.count() if form.is_narrow() else queries.number_of_ideas(process)
    return found.get_page(asked)


@require_safe
@public_page(scopes=SCOPES)
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the public ideas are."""
    return HttpResponse(ideas_geojson(process_with_ideas(request, slug)), content_type="application/geo+json")
