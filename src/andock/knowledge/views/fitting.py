"""Solutions for a municipality like one's own: what fits, why, and how much each question counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_shows, public_page
from andock.strategy.views.reading import is_foreign

from ..cards import mark
from ..fitting import fitting as fits
from ..forms.likeness import KEYS, LikenessForm
from ..likeness import NEAR_KM

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..fitting import Wish

PAGE_SIZE = 12


@require_safe
@public_page(scopes=("solutions", "organisations"), query=("seite", *KEYS))
def fitting(request: HttpRequest) -> HttpResponse:
    """The solutions of others by how well they fit a municipality, each with its reasons."""
    form = LikenessForm(request.GET)
    context = {"form": form, "near_km": NEAR_KM, "foreign": is_foreign()}
    if wish := form.wish():
        context |= {"query": urlencode(form.chosen()), **_found(request, wish)}
    return render(request, "knowledge/fitting.html", context)


def _found(request: HttpRequest, wish: Wish) -> dict[str, object]:
    page_shows(request, f"local:{wish.municipality.organisation.slug}")
    page = Paginator(fits(wish, timezone.localdate()), PAGE_SIZE).get_page(request.GET.get("seite"))
    return {"town": wish.municipality, "page": page, "hits": [(card, mark(card.state), fit) for card, fit in page]}
