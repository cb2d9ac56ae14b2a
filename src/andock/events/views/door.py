"""Check-in at the door: plain forms, and for phones a list to take along and an address for what they report later."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import people_queries as queries
from .. import rules
from ..addresses import text_hash
from ..choices import RegistrationState
from ..forms.people import DoorForm
from ..services.attending import Arrival, check_in, take_back
from .people_frame import people_page, show

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import Event, Registration

MOST_FOUND = 20
MOST_REPORTS = 500
KEPT_AFTERWARDS = timedelta(hours=12)
"""How long after the event a phone keeps the names."""


@people_page(rules.may_check_in)
def door(request: HttpRequest, event: Event) -> HttpResponse:
    """Look somebody up by code or name, and say that they are here."""
    if request.method == "POST":
        return _reported(request, event)
    form = DoorForm(request.GET)
    search = form.cleaned_data["suche"] if form.is_valid() else ""
    found = queries.at_the_door(event, search) if search else []
    came, expected = queries.presence(event)
    context = {
        "form": form, "search": search, "people": _with_seats(found[:MOST_FOUND]), "more": len(found) - MOST_FOUND,
        "came": came, "expected": expected, "until": _until(event),
    }  # fmt: skip
    return show(request, "door", event, context)


def _reported(request: HttpRequest, event: Event) -> HttpResponse:
    """A button of the plain page: one seat, all seats, or a mistake."""
    try:
        registration_id = UUID(request.POST.get("registration", ""))
        seats = [int(seat) for seat in request.POST.get("seats", "").split(",") if seat]
    except ValueError:
        return redirect("events:door", event.organisation.slug, event.slug)
    now, registration = timezone.now(), queries.person(event, registration_id).first()
    if registration is None:
        messages.error(request, _("This registration is not on the list any more. Please look the person up again."))
    elif request.POST.get("act") == "take_back":
        take_back(actor=request.user, event=event, registration_id=registration_id, now=now)
        messages.success(request, _("Taken back: nobody of this registration is here."))
    else:
        arrivals = [Arrival(uuid4(), registration_id, seat, now) for seat in seats]
        check_in(actor=request.user, event=event, arrivals=arrivals, now=now)
        messages.success(request, _("%s is here.") % registration.name)
    return redirect("events:door", event.organisation.slug, event.slug)


@require_GET
@people_page(rules.may_check_in)
def people(request: HttpRequest, event: Event) -> HttpResponse:
    """What a phone takes along: names, codes and seats, who is here and who only waits; no address, no needs.

    Whoever names the ETag of what they have is answered 304. The token lets a page that has been open for long report.
    """
    came = queries.arrivals(event)
    listed = [_listed(one, came.get(one.pk, [])) for one in queries.listed(event)]
    response = JsonResponse({"people": listed, "until": _until(event), "token": get_token(request)})
    etag = quote_etag(text_hash(json.dumps(listed)))
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_POST
@people_page(rules.may_check_in)
def reports(request: HttpRequest, event: Event) -> HttpResponse:
    """What a phone has noted, perhaps hours ago and perhaps for the second time."""
    try:
        arrivals = [_arrival(one) for one in json.loads(request.body)["arrivals"][:MOST_REPORTS]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return JsonResponse({"error": _("These reports cannot be read.")}, status=400)
    unknown = check_in(actor=request.user, event=event, arrivals=arrivals, now=timezone.now())
    return JsonResponse({"settled": [str(one.id) for one in arrivals], "unknown": [str(one) for one in unknown]})


def _listed(one: Registration, came: list[int]) -> dict[str, Any]:
    """``state`` is empty for those who are expected."""
    is_expected = one.state == RegistrationState.CONFIRMED
    return {
        "id": str(one.pk), "name": one.name, "code": one.code, "seats": one.seats, "companions": one.companions,
        "state": "" if is_expected else one.get_state_display(), "came": came,
    }  # fmt: skip


def _arrival(report: dict[str, Any]) -> Arrival:
    """One report, read strictly. Raises ``ValueError``, ``TypeError``, ``KeyError`` or ``AttributeError``."""
    at = datetime.fromisoformat(report["at"])
    if at.tzinfo is None or not isinstance(report["seat"], int):
        raise ValueError
    return Arrival(UUID(report["id"]), UUID(report["registration"]), report["seat"], at)


def _until(event: Event) -> int:
    """When a phone forgets the names, in milliseconds as scripts count time."""
    return int(((event.end or timezone.now()) + KEPT_AFTERWARDS).timestamp() * 1000)


def _with_seats(found: list[Registration]) -> list[dict[str, Any]]:
    """People with their seats: who sits there as far as that is known, and whether somebody came."""
    came = queries.seats_taken_up(found)
    return [{"registration": one, "seats": _seats(one, came[one.pk])} for one in found]


def _seats(registration: Registration, came: set[int]) -> list[dict[str, Any]]:
    names = dict(enumerate([registration.name, *registration.companions]))
    return [
        {"number": seat, "name": names.get(seat) or _("Person %d") % (seat + 1), "is_here": seat in came}
        for seat in range(registration.seats)
    ]
