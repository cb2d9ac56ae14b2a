"""The figures of an event, as chart and as table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from .. import figures as counted
from .. import people_queries as queries
from ..chart import chart
from .people_frame import people_page, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..models import Event


@require_safe
@people_page()
def figures(request: HttpRequest, event: Event) -> HttpResponse:
    """How many registered, wait, cancelled and came; they stay when the names are gone."""
    rows = queries.movements(event)
    moments = counted.over_time(rows)
    context = {
        "total": counted.total(rows),
        "ways": counted.ways(rows),
        "moments": moments,
        "chart": chart(moments),
    }
    return show(request, "figures", event, context)
