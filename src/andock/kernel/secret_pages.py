"""Pages whose address is a secret: whoever has the link sees them, and nobody else learns of it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def secret_page(shown_path: str) -> Callable[[View], View]:
    """Kept nowhere, found by no search engine, told to no other site. ``shown_path`` stands for it where an address is handed on."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, **given: Any) -> HttpResponse:
            request.shown_path = shown_path  # type: ignore[attr-defined]
            response = view(request, **given)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "same-origin"
            return response

        return page

    return decorate
