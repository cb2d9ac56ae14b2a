"""What the pages about participants share: the event, who may see it, and that no browser keeps them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from .. import rules
from ..people_queries import event_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Verdict

    from ..models import Event

View = Callable[..., "HttpResponse"]


def people_page(rule: Callable[..., Verdict] = rules.may_see_participants) -> Callable[[View], View]:
    """A page about the people of one event: ``view(request, event, …)``."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, slug: str, event: str, **kwargs: Any) -> HttpResponse:
            found = get_object_or_404(event_of(slug, event))
            rule(request.user, found).demand()
            return view(request, found, **kwargs)

        return page

    return decorate


def show(
    request: HttpRequest, template: str, event: Event, context: dict[str, Any], *, status: int | None = None
) -> HttpResponse:
    context = {"event": event, "organisation": event.organisation} | context
    return render(request, f"events/people/{template}.html", context, status=status)
