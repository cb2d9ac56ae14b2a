"""Registering for one event: a form on a page of its own, and what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.form_again import cookie_missing, offers_again
from andock.kernel.origins import network_address, origin_hash
from andock.kernel.pagecache.pages import public_page, shared_part
from andock.kernel.permissions import Denied

from .. import queries, rules
from ..choices import Attendance, RegistrationState, Room
from ..dating import when
from ..form_key import BITS, FormKey, new_key, read_key
from ..forms.registration import Asked, RegistrationForm, seats_left
from ..places import place
from ..services import registering, seats

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from ..models import Allotment, Event

REFUSALS = {Denied: 403, seats.NoSeat: 409, registering.SentBefore: 409, registering.TooMany: 429}
STANDS = {
    RegistrationState.WAITING: "warteliste",
    RegistrationState.HELD_BACK: "ohne-platz",
}
"""What the page of thanks says besides the usual, as it stands in its address."""
TOGETHER = "warteliste-zusammen"
"""The same for several who come together and wait: fewer seats may be free sooner."""
MOST_BYTES = 1024 * 1024
"""Of a form that is sent; what a registration can hold is far less."""


def _without_cookie(request: HttpRequest, slug: str) -> HttpResponse:
    event, _ways, asked = _asked(request, slug)
    form = RegistrationForm(request.POST, asked=asked)
    return _once_more(request, slug, unchecked(form, new_key(event, timezone.now())), status=403)


@offers_again(_without_cookie)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays whatever is refused."""
    event, ways, asked = _asked(request, slug)
    now = timezone.now()
    if is_too_much(request):
        return _page(request, event, ways, form=None, reason=too_much(), status=413)
    if request.method != "POST":
        verdict = rules.may_register(request.user, event, now)
        form = RegistrationForm(asked=asked, initial={"key": new_key(event, now)})
        return _page(request, event, ways, form=form if verdict else None, reason=verdict.reason)
    form = RegistrationForm(request.POST, asked=asked)
    if not form.is_valid():
        return _once_more(request, slug, form, status=422)
    try:
        stand = _registered(request, ways, form, now)
    except tuple(REFUSALS) as refusal:
        return _once_more(request, slug, refused(form, refusal, event, now), status=REFUSALS[type(refusal)])
    return redirect(thanks_address("events:thanks", slug, stand))


@require_safe
@public_page(scopes=("events", "event:{slug}"), query=("stand",))
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Look into your mails. Says nothing about anybody: the address alone decides what stands here."""
    event, _ways = event_and_ways(slug)
    stand, hold = request.GET.get("stand", ""), registering.HOLD.seconds // 60
    return render(request, "events/thanks.html", head_of(event) | {"stand": stand, "hold": hold})


def _asked(request: HttpRequest, slug: str) -> tuple[Event, list[Allotment], Asked]:
    """The event, its ways to attend and what is asked. In a rush all send the same form, so it is read once until it changes.

    The numbers of seats are as old as that: whoever gets one is decided under the lock of ``services.seats``.
    """

    def read() -> tuple[Event, list[Allotment], Asked]:
        event, ways = event_and_ways(slug)
        return event, ways, Asked.of_event(event, ways, queries.questions_of([event]))

    if request.method != "POST":
        return read()
    return shared_part(request, f"form {slug}", read, scopes=("organisations", f"event:{slug}"))


def is_too_much(request: HttpRequest) -> bool:
    """Whether far more was sent than the form can hold; it is not read and not sent back."""
    return request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES


def too_much() -> str:
    return _("What was sent is far more than this form can hold. Please go back and shorten it.")


def event_and_ways(slug: str) -> tuple[Event, list[Allotment]]:
    """A public event with the ways to attend it; 404 where nobody can register here, now or ever."""
    ways = queries.ways_to_attend(slug)
    if not ways:
        raise Http404
    return ways[0].event, ways


def head_of(event: Event) -> dict[str, Any]:
    """What stands at the head of every page about a registration."""
    return {"event": event, "when": when(event), "place": place(event)}


def chosen_way(ways: list[Allotment], attendance: str | None) -> Allotment:
    """The way to attend that was chosen, or the only one there is."""
    return next((way for way in ways if way.attendance == attendance), ways[0])


def is_held_back(way: Allotment, key: FormKey | None, work: str, origin: str, now: datetime) -> bool:
    """Whether one more from this place gets a seat only when the address is confirmed; never whether it is refused."""
    return queries.is_crowd(way, origin, now) and not (key and key.is_worked_for(work, now))


def origin_of(request: HttpRequest, now: datetime) -> str:
    return origin_hash(network_address(request), timezone.localdate(now))


def refused(form: RegistrationForm, refusal: Exception, thing: Any, now: datetime) -> RegistrationForm:
    """The form as it was filled in, with the sentence that says why it is not taken."""
    if isinstance(refusal, registering.SentBefore):
        form.anew(new_key(thing, now))
    form.add_error(None, str(refusal))
    return form


def unchecked(form: RegistrationForm, key: str) -> RegistrationForm:
    """The form as it was filled in, with the sentence that says why it could not be checked."""
    form.anew(key)
    form.add_error(None, cookie_missing())
    return form


def thanks_address(name: str, slug: str, stand: str) -> str:
    address = reverse(name, args=[slug])
    return f"{address}?stand={stand}" if stand else address


def _registered(request: HttpRequest, ways: list[Allotment], form: RegistrationForm, now: datetime) -> str:
    data, event = form.cleaned_data, ways[0].event
    way, key, origin = chosen_way(ways, data.get("attendance")), read_key(data["key"], event), origin_of(request, now)
    held_back, entry = is_held_back(way, key, data["work"], origin, now), form.entry(event, data["email"])
    registration = registering.register(
        actor=request.user, allotment_id=way.pk, entry=entry, now=now,
        request_key=key.request_key if key else None, origin_hash=origin, is_held_back=held_back,
    )  # fmt: skip
    is_new = key is not None and registration.request_key == key.request_key
    state = RegistrationState(registration.state) if is_new else _as_a_newcomer(way, entry.seats, held_back)
    is_together = state == RegistrationState.WAITING and entry.seats > 1
    return TOGETHER if is_together else STANDS.get(state, "")


def _as_a_newcomer(way: Allotment, wanted: int, held_back: bool) -> RegistrationState:
    """Where somebody stands who comes now: the answer must not tell that an address was registered already."""
    if held_back:
        return RegistrationState.HELD_BACK
    return RegistrationState.UNCONFIRMED if seats.is_free_for(way, wanted) else RegistrationState.WAITING


def _once_more(request: HttpRequest, slug: str, form: RegistrationForm, *, status: int) -> HttpResponse:
    """The form as it was filled in, with the seats as they are now."""
    event, ways = event_and_ways(slug)
    form.count_seats(ways)
    return _page(request, event, ways, form=form, status=status)


def _page(request: HttpRequest, event: Event, ways: list[Allotment], *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        **head_of(event),
        "way": Attendance(ways[0].attendance).label,
        "left": seats_left(ways[0]) if len(ways) == 1 else "",  # else each way says it where it is chosen
        "is_full": all(queries.room_of(way) == Room.FULL for way in ways),
        "bits": BITS,
        "hold": registering.HOLD.seconds // 60,
        **more,
    }
    return render(request, "events/register.html", context, status=status)
