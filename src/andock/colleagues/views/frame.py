"""What the pages between offices share: whose desk it is, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from andock.organisations.queries import organisations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Verdict

View = Callable[..., "HttpResponse"]
Crumb = tuple[str, str]
"""The words and the address of a page above."""


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


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *above: Crumb, here: str, status: int | None = None
) -> HttpResponse:
    """Render a page with the way to it and what there is to tell."""
    way = [(_("Administration"), reverse("accounts:start")), *above, (here, "")]
    crumbs = [{"label": label, "url": url} for label, url in way]
    context = context | {"crumbs": crumbs, "messages": get_messages(request)}
    return render(request, f"colleagues/{template}.html", context, status=status)
