"""All guides under their headings, and the page of one with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries, rules
from ..cards import lines
from ..downloads import as_download

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public_page(scopes=("guides", "organisations"))
def listing(request: HttpRequest) -> HttpResponse:
    """Published guides, by heading and number."""
    context = {"headings": queries.guides_by_heading(), "foreign": is_foreign()}
    return render(request, "knowledge/guides.html", context)


@require_safe
@public_page(scopes=("guides", "solutions", "organisations"))
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Its steps and its checklist; a draft only for its publisher's people."""
    found = queries.guide_at(slug)
    if found is None or not rules.may_see_guide(request.user, found):
        raise Http404
    context = {
        "guide": found,
        "solutions": lines(queries.solutions_of_guide(found)),
        "canonical": absolute(reverse("knowledge:guide", args=[slug])),
        "foreign": is_foreign(),
    }
    return render(request, "knowledge/guide.html", context)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A PDF of a public guide."""
    found = queries.public_file(slug, number)
    if found is None:
        raise Http404
    return as_download(found.file, f"{slug}-{found.kind}-{number}.pdf")
