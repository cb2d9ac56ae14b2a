"""What the pages about the draft share: fetch it, ask the rule, and say so where there is none."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from andock.organisations.queries import organisations

from .. import queries, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Verdict

    from ..models import Version


def draft_page(may: Callable[[Any, Version], Verdict]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``view(request, version, …)`` for those to whom ``may`` gives the draft of the organisation in the address."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            organisation = get_object_or_404(organisations(), slug=slug)
            strategy = queries.strategy_of(organisation)
            version = queries.open_version(strategy) if strategy else None
            if version is None:
                rules.may_work_on_strategy(request.user, organisation).demand()
                return render(request, "local_strategies/no_draft.html", {"organisation": organisation}, status=404)
            may(request.user, version).demand()
            return view(request, version, **kwargs)

        return page

    return decorate
