"""Beginning to follow: a form on a page of its own, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.form_key import BITS, new_key, read_key
from andock.kernel.origins import network_address, origin_hash
from andock.kernel.pagecache.pages import public_page

from .. import queries
from ..choices import Frequency, Kind
from ..forms import FollowForm
from ..services import asking
from ..things import asked_for

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from ..things import Thing

PURPOSE = "following.form"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays whatever is refused. What is followed stands in the address."""
    thing, now = asked_for(request.GET.dict()), timezone.now()
    if thing is None:
        return render(request, "following/nothing.html", {"is_asked": "was" in request.GET}, status=404)
    is_digested = thing.kind != Kind.NEWSLETTER
    if request.method != "POST":
        email = getattr(request.user, "email", "")
        form = FollowForm(initial={"key": new_key(PURPOSE, now), "email": email}, is_digested=is_digested)
        return _page(request, thing, form)
    form = FollowForm(request.POST, is_digested=is_digested)
    if not form.is_valid():
        return _page(request, thing, form, status=422)
    try:
        _ask(request, thing, form, now)
    except asking.TooMany as refusal:
        form.add_error(None, str(refusal))
        return _page(request, thing, form, status=429)
    return redirect("following:thanks")


def _ask(request: HttpRequest, thing: Thing, form: FollowForm, now: datetime) -> None:
    data = form.cleaned_data
    origin, key = origin_hash(network_address(request), timezone.localdate(now)), read_key(data["key"], PURPOSE)
    is_held_back = queries.is_crowd(origin, now) and not (key and key.is_worked_for(data["work"], now))
    asking.ask(
        email=data["email"], thing=thing, frequency=data["frequency"] or Frequency.DAILY,
        language=get_language() or "de", now=now, origin_hash=origin, is_held_back=is_held_back,
    )  # fmt: skip


def _page(request: HttpRequest, thing: Thing, form: FollowForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"thing": thing, "form": form, "bits": BITS, "days": queries.NEVER_CONFIRMED.days}
    return render(request, "following/follow.html", context, status=status)


@require_safe
@public_page(scopes=())
def thanks(request: HttpRequest) -> HttpResponse:
    """Look into your mails. Says nothing about anybody."""
    return render(request, "following/thanks.html", {"days": queries.NEVER_CONFIRMED.days})
