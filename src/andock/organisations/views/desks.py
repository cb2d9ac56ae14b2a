"""A page of an organisation's desk, for whoever the rule lets in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from ..queries import organisations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Verdict

View = Callable[..., "HttpResponse"]


def desk_of(may: Callable[..., Verdict]) -> Callable[[View], View]:
    """A page of an organisation whose people ``may``: ``view(request, organisation, …)``."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            organisation = get_object_or_404(organisations(), slug=slug)
            may(request.user, organisation).demand()
            return view(request, organisation, **kwargs)

        return page

    return decorate
