"""What somebody follows, by the links in their mails: confirm, change, leave something out, leave altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.pagecache.pages import public_page
from andock.kernel.secret_pages import secret_page

from .. import queries
from ..addresses import CONFIRM, LISTS, MINE, NEWSLETTER, id_in, token
from ..forms import FrequencyForm
from ..services import asking, managing
from ..things import named

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import Follower


by_link = secret_page("/folgen/")
"""A page for whoever has the link and nobody else."""


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "following/gone.html", {"days": queries.NEVER_CONFIRMED.days}, status=404)


def _follower(text: str, purpose: str = MINE) -> Follower | None:
    follower_id = id_in(purpose, text)
    return queries.follower(follower_id) if follower_id else None


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press of a button: mail scanners open links, too."""
    follow_id = id_in(CONFIRM, token)
    follow = queries.follow(follow_id) if follow_id else None
    if follow is None:
        return _gone(request)
    if request.method == "POST" or follow.confirmed_at:
        if request.method == "POST":
            asking.confirm(follow=follow, now=timezone.now())
        return to_mine(follow.follower)
    thing = named([follow]).get((follow.kind, follow.identity))
    return render(request, "following/confirm.html", {"thing": thing}) if thing else _gone(request)


def to_mine(follower: Follower) -> HttpResponse:
    return redirect("following:mine", token(MINE, follower.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Everything we keep about this address, and how to change it."""
    follower = _follower(token)
    if follower is None or follower.confirmed_at is None:
        return _gone(request)
    if request.method == "POST" and "remove" in request.POST:
        return _without(follower, request.POST["remove"])
    form = FrequencyForm(request.POST if request.method == "POST" else None, initial={"frequency": follower.frequency})
    if form.is_valid():
        managing.set_frequency(follower=follower, frequency=form.cleaned_data["frequency"], now=timezone.now())
        return redirect(f"{request.path}?gespeichert=1")
    return render(
        request, "following/mine.html", _of(follower, form) | {"token": token}, status=422 if form.errors else 200
    )


def _of(follower: Follower, form: FrequencyForm) -> dict[str, Any]:
    follows = list(queries.follows_of(follower))
    things = named(follows)
    lines = [(follow, things.get((follow.kind, follow.identity))) for follow in follows]
    return {"follower": follower, "form": form, "lines": lines}


def _without(follower: Follower, text: str) -> HttpResponse:
    try:
        is_left = not managing.stop_following(follower=follower, follow_id=UUID(text))
    except ValueError as error:
        raise Http404 from error
    return redirect("following:left") if is_left else to_mine(follower)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, then delete everything."""
    follower = _follower(token)
    if follower is None:
        return _gone(request)
    if request.method == "POST":
        managing.leave(follower=follower)
        return redirect("following:left")
    return render(request, "following/leave.html", {"token": token, "follower": follower})


# A mail program posts here for its reader, without cookies or page (RFC 8058): our signature in the address is what counts.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def stop(request: HttpRequest, which: str, token: str) -> HttpResponse:
    """End digests or the newsletter with one click. Opening the link changes nothing."""
    name = LISTS.get(which)
    follower = _follower(token, f"stop.{name}") if name else None
    if follower is None:
        return redirect("following:left") if name and id_in(f"stop.{name}", token) else _gone(request)
    if request.method == "POST":
        is_kept = managing.stop_mails(follower=follower, newsletter=name == NEWSLETTER)
        return to_mine(follower) if is_kept else redirect("following:left")
    return render(request, "following/stop.html", {"is_newsletter": name == NEWSLETTER})


@require_safe
@public_page(scopes=())
def left(request: HttpRequest) -> HttpResponse:
    """Nothing is kept any more. Says nothing about anybody."""
    return render(request, "following/left.html")
