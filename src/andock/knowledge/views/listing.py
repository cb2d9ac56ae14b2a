"""All solutions: cards that can be narrowed, and the same as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.views.reading import is_foreign

from .. import queries
from ..cards import cards, mark
from ..exchange import write_csv
from ..solution_filter import KEYS, STATES, SolutionFilter

if TYPE_CHECKING:
    from django.http import HttpRequest

SCOPES = ("solutions", "organisations")
PAGE_SIZE = 24


@require_safe
@public_page(scopes=SCOPES, query=("seite", *KEYS))
def listing(request: HttpRequest) -> HttpResponse:
    """Published solutions, those in operation first."""
    today = timezone.localdate()
    form = SolutionFilter(request.GET)
    found = queries.in_order(form.narrow(queries.published_solutions(), today))
    page = Paginator(queries.with_answers(found), PAGE_SIZE).get_page(request.GET.get("seite"))
    chosen = form.chosen()
    context = {
        "form": form,
        "chosen": chosen,
        "page": page,
        "cards": cards(page, today),
        "tally": _tally(chosen),
        "query": urlencode(chosen),
        "foreign": is_foreign(),
    }
    return render(request, "knowledge/solutions.html", context)


def _tally(chosen: dict[str, str]) -> list[dict[str, object]]:
    """How many solutions are in which state, each a way to see only those."""
    counted = queries.solutions_by_state()
    return [
        {
            "key": key, "count": counted[state], "mark": mark(state), "is_here": chosen.get("stand") == key,
            "query": urlencode(chosen | {"stand": key}),
        }
        for key, state in STATES.items() if state in counted
    ]  # fmt: skip


@require_safe
@public_page(scopes=SCOPES)
def as_csv(request: HttpRequest) -> HttpResponse:
    """All published solutions, in the layout of the region's folder."""
    rows = "".join(write_csv(queries.whole_public_solutions()))
    response = HttpResponse("\ufeff" + rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="loesungen.csv"'
    return response
