"""When a form arrives after the session has ended: nothing typed is lost.

Without JavaScript the only copy of a long text is the request itself. So the answer shows what was typed, to be
copied, with the way to sign in; it is never stored on the server, where it would outlive its purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from andock.kernel.form_again import form_once_more

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NOT_SHOWN = ("seen", "action", "csrfmiddlewaretoken", "password", "code", "credential", "token")
FINGERPRINT = "base_"
"""How hidden fields begin that say what a text was loaded with."""


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who must sign in first; 401 with the typed text where a form was sent."""
    if request.method == "POST":
        return _typed(request, status=401)
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an outdated token, mostly because somebody signed in or out meanwhile. Django's CSRF_FAILURE_VIEW.

    Where no account is needed, the browser has lost its cookie: such a form is shown once more.
    """
    again = form_once_more(request) if _from_here(request) else None
    if again is None:
        return _typed(request, status=403)
    add_never_cache_headers(again)
    return again


def _typed(request: HttpRequest, *, status: int) -> HttpResponse:
    context = {
        "typed": typed_fields(request) if _from_here(request) else [],
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': _page(request)})}",
    }
    response = render(request, "accounts/typed.html", context, status=status)
    add_never_cache_headers(response)
    return response


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and texts, without secrets and hidden fields."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not (name.startswith(FINGERPRINT) or any(word in name.lower() for word in NOT_SHOWN))
        for value in values
        if value.strip()
    ]


def _from_here(request: HttpRequest) -> bool:
    """Nothing is repeated that another site has sent."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return url_has_allowed_host_and_scheme(origin, {request.get_host()}) and bool(origin)


def _page(request: HttpRequest) -> str:
    """The page the form stood on, where the browser told it."""
    referer = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(referer, {request.get_host()})
    return referer if referer and here else request.get_full_path()
