"""Registering for a whole series at once: one form, one mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.form_again import offers_again
from andock.kernel.pagecache.pages import public_page

from .. import queries
from ..form_key import BITS, new_key, read_key
from ..forms.series import SeriesForm
from ..services import registering
from .register import REFUSALS, is_held_back, is_too_much, origin_of, refused, thanks_address, too_much, unchecked

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from ..models import Series


def _without_cookie(request: HttpRequest, slug: str) -> HttpResponse:
    series, now = _series(slug), timezone.now()
    events = queries.open_events(series, now)
    if not events:
        return _page(request, series, form=None)
    form = SeriesForm(request.POST, events=events, questions=queries.questions_of(events))
    return _page(request, series, form=unchecked(form, new_key(series, now)), status=403)


@offers_again(_without_cookie)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with all coming dates, those with seats ticked."""
    series, now = _series(slug), timezone.now()
    if is_too_much(request):
        return _page(request, series, form=None, reason=too_much(), status=413)
    events = queries.open_events(series, now)
    if not events:
        return _page(request, series, form=None)
    asked = {"events": events, "questions": queries.questions_of(events)}
    if request.method != "POST":
        return _page(request, series, form=SeriesForm(initial={"key": new_key(series, now)}, **asked))
    form = SeriesForm(request.POST, **asked)
    if not form.is_valid():
        return _page(request, series, form=form, status=422)
    try:
        _registered(request, series, form, now)
    except tuple(REFUSALS) as refusal:
        return _page(request, series, form=refused(form, refusal, series, now), status=REFUSALS[type(refusal)])
    return redirect(thanks_address("events:thanks_series", slug, ""))


@require_safe
@public_page(scopes=("events",))
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "events/thanks.html", {"series": _series(slug), "hold": registering.HOLD.seconds // 60})


def _series(slug: str) -> Series:
    series = queries.series_at_once(slug)
    if series is None:
        raise Http404
    return series


def _registered(request: HttpRequest, series: Series, form: SeriesForm, now: datetime) -> None:
    key, origin, chosen = read_key(form.cleaned_data["key"], series), origin_of(request, now), form.chosen()
    work = form.cleaned_data["work"]
    registering.register_all(
        actor=request.user, entries={way.pk: entry for way, entry in chosen}, now=now,
        request_key=key.request_key if key else uuid4(), origin_hash=origin,
        held_back={way.pk for way, _entry in chosen if is_held_back(way, key, work, origin, now)},
    )  # fmt: skip


def _page(request: HttpRequest, series: Series, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"series": series, "bits": BITS, "hold": registering.HOLD.seconds // 60, **more}
    return render(request, "events/register_series.html", context, status=status)
