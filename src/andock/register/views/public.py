"""The register for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.queries import the_framework

from .. import queries
from ..chart import chart
from ..forms import DayForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SCOPES = ("register", "strategy", "organisations")


@require_safe
@public_page(scopes=SCOPES)
def register(request: HttpRequest) -> HttpResponse:
    """Who takes part, since when and on what basis, on any day; and how one's own municipality docks."""
    today = localdate()
    form = DayForm(request.GET or None)
    day = form.day() or today
    growth = queries.growth()
    found = queries.register_on(day)
    context = {
        "form": form,
        "framework": the_framework(),
        "register": found,
        "share": round(100 * found.participation.share),
        "is_today": day == today,
        "is_to_come": day > today,
        "today": today,
        "growth": growth,
        "chart": chart(growth, day, today),
    }
    return render(request, "register/register.html", context)
