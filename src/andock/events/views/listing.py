"""All events: as a list by month, coming or past, and as the calendar of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.organisations.region import region_of
from andock.strategy.views.reading import is_foreign

from .. import queries
from ..event_filter import KEYS, PAST, EventFilter
from ..lines import lines, lines_by_month
from ..month import month_of, sheet_of
from ..standing import next_change

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SCOPES = ("events", "organisations")
PAGE_SIZE = 30


@require_safe
@public_page(scopes=SCOPES, query=("zeit", "seite", *KEYS))
def listing(request: HttpRequest) -> HttpResponse:
    """Events by month: those that come, or with ``?zeit=vergangen`` those that are over."""
    now = timezone.now()
    form = EventFilter(request.GET)
    events, today = form.narrow(queries.public_events()), timezone.localdate(now)
    found = queries.past(events, today) if form.is_past else queries.with_seats(queries.coming(events, today))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    page_ends_at(request, next_change(page, now))
    chosen = form.chosen()
    context = {
        "form": form,
        "chosen": chosen,
        "page": page,
        "months": lines_by_month(page, region_of(request), None if form.is_past else now),
        "query": urlencode(({"zeit": PAST} if form.is_past else {}) | chosen),
        "filter_query": urlencode(chosen),
        "foreign": is_foreign(),
        **_calendar(form),
    }
    return render(request, "events/list.html", context)


def _calendar(form: EventFilter) -> dict[str, str]:
    """The calendar to subscribe to that comes nearest to what is shown, and whose dates it holds."""
    chosen = form.chosen()
    if form.place and chosen.keys() == {"kommune"}:
        return {"feed": reverse("events:ics_organisation", args=[form.place.slug]), "feed_of": form.place.name}
    if chosen.keys() == {"thema"}:
        words = dict(form.fields["thema"].choices)
        return {"feed": reverse("events:ics_topic", args=[chosen["thema"]]), "feed_of": words[chosen["thema"]]}
    return {"feed": reverse("events:ics_region"), "feed_of": _("the region")}


@require_safe
@public_page(scopes=SCOPES, query=("monat", *KEYS))
def month(request: HttpRequest) -> HttpResponse:
    """One month as a calendar; a month that makes no sense is this one."""
    today = timezone.localdate()
    form = EventFilter(request.GET)
    first = month_of(request.GET.get("monat", ""), today)
    sheet = sheet_of(form.narrow(queries.public_events()), first, today)
    chosen = form.chosen()
    context = {
        "form": form,
        "chosen": chosen,
        "sheet": sheet,
        "spans": lines(sheet.spans, region_of(request)),
        "filter_query": urlencode(chosen),
        "foreign": is_foreign(),
    }
    return render(request, "events/month.html", context)
