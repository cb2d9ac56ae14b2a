"""What everybody may take along of a process, and what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page

from .. import open_data
from ..figures import settles_next
from ..figures_csv import figures_csv
from .public import head_of, seen_process

if TYPE_CHECKING:
    from django.http import HttpRequest

SCOPES = ("process:{slug}", "organisations", "strategy")
BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


@require_safe
@public_page(scopes=SCOPES)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    found = seen_process(request, slug)
    context = head_of(found) | {"columns": open_data.columns(), "licence": open_data.licence()}
    return render(request, "participation/data.html", context)


@require_safe
@public_page(scopes=SCOPES)
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    return _csv(open_data.write_csv(seen_process(request, slug)), f"{slug}-beitraege.csv")


@require_safe
@public_page(scopes=SCOPES)
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    content = open_data.write_json(seen_process(request, slug))
    return HttpResponse(content, content_type="application/json", headers=_named(f"{slug}-beitraege.json", "inline"))


@require_safe
@public_page(scopes=SCOPES)
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = seen_process(request, slug), timezone.now()
    page_ends_at(request, settles_next(found, now))
    return _csv(figures_csv(found, now), f"{slug}-zahlen.csv")


def _csv(content: str, name: str) -> HttpResponse:
    return HttpResponse(BYTE_ORDER_MARK + content, content_type="text/csv; charset=utf-8", headers=_named(name))


def _named(name: str, how: str = "attachment") -> dict[str, str]:
    return {"Content-Disposition": f'{how}; filename="{name}"'}
