"""One's own registration, by the link in the mail: confirm, change, cancel, answer an offer, take data along, delete."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.form_again import cookie_missing, offers_again
from andock.kernel.permissions import Denied, Verdict

from .. import queries, rules
from ..addresses import registration_id_of, token_of
from ..forms.registration import Asked, ChangeForm
from ..letters import is_coming, room_of, room_to_come
from ..own_data import as_data, in_words
from ..own_standing import standing_of
from ..services import forgetting, registering, seats
from .register import chosen_way, head_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict

    from ..models import Registration

ACTS = {"confirm": registering.confirm_all, "accept": registering.accept_offer}


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever has the link and nobody else: kept nowhere, found by no search engine, told to no other site."""

    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, token: str) -> HttpResponse:
        request.shown_path = "/veranstaltungen/anmeldung/"
        registration_id = registration_id_of(token)
        registration = registration_id and queries.registration_by_id(registration_id)
        if registration:
            response = view(request, registration, token)
        else:
            response = render(request, "events/mine_gone.html", {"is_ours": registration_id}, status=404)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapper


@by_link
def _without_cookie(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    return _page(request, registration, token, status=403, refusal=cookie_missing())


@by_link
def _change_without_cookie(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    form = _change_form(registration, request.POST)
    form.add_error(None, cookie_missing())
    return render(request, "events/mine_change.html", _head_of(registration, token) | {"form": form}, status=403)


@offers_again(_without_cookie)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def mine(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """How it stands, in words. Opening it changes nothing: mail scanners open links, too."""
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _page(request, registration, token)
    try:
        act(actor=request.user, registration=registration, now=timezone.now())
    except (Denied, seats.NoSeat) as refusal:
        status = 403 if isinstance(refusal, Denied) else 409
        return _page(request, registration, token, status=status, refusal=str(refusal))
    return redirect("events:mine", token)


@offers_again(_change_without_cookie)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def change(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    now, event = timezone.now(), registration.event
    verdict = rules.may_answer_registration(request.user, registration, now)
    if not verdict:
        return _closed(request, registration, token, verdict)
    form = _change_form(registration, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            registering.change(
                actor=request.user, registration=registration, entry=form.entry(event, registration.email), now=now,
                allotment_id=chosen_way(queries.allotments_of(event), form.cleaned_data.get("attendance")).pk,
            )  # fmt: skip
        except (Denied, seats.NoSeat) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("events:mine", token)
    context = _head_of(registration, token) | {"form": form}
    return render(request, "events/mine_change.html", context, status=422 if form.errors else 200)


@offers_again(_without_cookie)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def cancel(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Ask once more, then give the seat up or decline the offered one."""
    verdict = rules.may_answer_registration(request.user, registration)
    if not verdict:
        return _closed(request, registration, token, verdict)
    if request.method == "POST":
        registering.cancel(actor=request.user, registration=registration, now=timezone.now())
        return redirect("events:mine", token)
    return render(request, "events/mine_cancel.html", _head_of(registration, token))


@require_safe
@by_link
def data(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """What we hold, to take along."""
    verdict = rules.may_have_data(request.user, registration)
    if not verdict:
        return _closed(request, registration, token, verdict)
    name = f"anmeldung-{registration.event.slug}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    questions = queries.questions_of([registration.event])
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(as_data(registration, questions), headers=headers, json_dumps_params=options)


@offers_again(_without_cookie)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def erase(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Ask once more, then delete what is personal."""
    verdict = rules.may_have_data(request.user, registration)
    if not verdict:
        return _closed(request, registration, token, verdict)
    if request.method == "POST":
        forgetting.erase(actor=request.user, registration=registration, now=timezone.now())
        return redirect("events:mine", token)
    context = _head_of(registration, token) | {"others": _others(registration)}
    return render(request, "events/mine_erase.html", context)


def _change_form(registration: Registration, data: QueryDict | None) -> ChangeForm:
    event = registration.event
    asked = Asked.of_event(event, queries.allotments_of(event), queries.questions_of([event]))
    return ChangeForm(data, asked=asked, registration=registration)


def _closed(request: HttpRequest, registration: Registration, token: str, verdict: Verdict) -> HttpResponse:
    """The page of the registration with the reason why this cannot be done."""
    return _page(request, registration, token, status=403, refusal=str(verdict.reason))


def _others(registration: Registration) -> list[tuple[str, Registration]]:
    """The further dates of a series, each with the token of its link."""
    return [(token_of(other), other) for other in queries.filled_in_together(registration)]


def _head_of(registration: Registration, token: str) -> dict[str, Any]:
    return {"registration": registration, "token": token, **head_of(registration.event)}


def _page(
    request: HttpRequest, registration: Registration, token: str, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    now, event = timezone.now(), registration.event
    is_expected = is_coming(registration) and not event.is_over(now)
    context = {
        **_head_of(registration, token),
        "refusal": refusal,
        "standing": standing_of(registration, now),
        "may_answer": rules.may_answer_registration(request.user, registration, now),
        "may_have_data": rules.may_have_data(request.user, registration),
        "may_register": rules.may_register(request.user, event, now),
        "is_expected": is_expected,
        "room": room_of(registration) if is_expected else "",
        "room_to_come": room_to_come(registration) if is_expected else "",
        "held": in_words(registration, queries.questions_of([event])),
        "others": _others(registration),
    }
    return render(request, "events/mine.html", context, status=status)
