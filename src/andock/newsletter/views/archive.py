"""All issues that were sent, and each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andock.following.panels import way
from andock.following.things import newsletter_name
from andock.kernel.pagecache.pages import public_page
from andock.organisations.region import region_of
from andock.strategy.views.reading import is_foreign

from .. import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SCOPES = ("newsletter", "organisations")


@require_safe
@public_page(scopes=SCOPES)
def archive(request: HttpRequest) -> HttpResponse:
    """The newest first, and how to get the next one."""
    return render(request, "newsletter/archive.html", _frame(request) | {"issues": queries.published()})


@require_safe
@public_page(scopes=SCOPES)
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """One issue as it was sent."""
    found = queries.published_issue(number)
    if found is None:
        raise Http404
    return render(request, "newsletter/issue.html", _frame(request) | {"issue": found})


def _frame(request: HttpRequest) -> dict[str, object]:
    return {"name": newsletter_name(region_of(request)), "way": way("rundbrief", ""), "foreign": is_foreign()}
