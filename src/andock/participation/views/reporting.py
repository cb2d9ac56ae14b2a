"""Anybody reports a contribution that should not stand there; no account, no address, nothing kept of who it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import queries
from ..forms.report import ReportForm
from ..services import moderating
from .public import head_of
from .sending import origin_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, contribution_id: int) -> HttpResponse:
    found = queries.contribution(contribution_id)
    if found is None or not (found.is_public and found.process.is_public):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        if not data["website"]:
            moderating.report(
                contribution=found,
                reason=data["reason"],
                text=data["text"],
                origin_hash=origin_of(request, now),
                now=now,
            )
        return redirect(f"{request.path}?danke=1")
    context = head_of(found.process) | {"contribution": found, "form": form, "is_done": "danke" in request.GET}
    return render(request, "participation/report.html", context, status=422 if form.errors else 200)
