"""What the pages of the workspace share: whose it is, which version, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.accounts.views.typed import typed_fields
from andock.organisations.queries import organisations

from .. import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Version

CONFLICT = 409
CHOSEN = frozenset(
    {"answer", "outcome", "placed", "place", "relation", "serves", "state", "terms", "type", "weight", "why"}
)
"""Fields that are chosen, not typed."""
View = Callable[..., "HttpResponse"]


def strategy_page(view: View) -> View:
    """A page of the people who write an organisation's strategy: ``view(request, organisation, …)``."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = get_object_or_404(organisations(), slug=slug)
        rules.may_work_on_strategy(request.user, organisation).demand()
        return view(request, organisation, **kwargs)

    return page


def version_page(view: View) -> View:
    """A page about the version in work: ``view(request, version, …)``. Without one it leads to the desk."""

    @strategy_page
    @wraps(view)
    def page(request: HttpRequest, organisation: Any, **kwargs: Any) -> HttpResponse:
        strategy = queries.strategy_of(organisation)
        version = queries.open_version(strategy) if strategy else None
        if version is None:
            told = _("There is no draft to work on. Begin one here.")
            return typed_back(request, organisation, told) or redirect("local_strategies:desk", organisation.slug)
        return view(request, version, **kwargs)

    return page


def writing_page(view: View) -> View:
    """As ``version_page``, where the version may be changed now; else the desk says why not."""

    @version_page
    @wraps(view)
    def page(request: HttpRequest, version: Version, **kwargs: Any) -> HttpResponse:
        verdict = rules.may_edit_version(request.user, version)
        if not verdict and request.method == "GET":
            messages.warning(request, verdict.reason)
            return redirect("local_strategies:desk", version.strategy.organisation.slug)
        return view(request, version, **kwargs)

    return page


def typed_back(request: HttpRequest, organisation: Organisation, reason: str) -> HttpResponse | None:
    """What was typed where there is no place for it any more, to be copied; None where nothing was. Either way it is told."""
    messages.info(request, reason)
    typed = typed_fields(request) if request.method == "POST" else []
    typed = [(name, text) for name, text in typed if name.rpartition("-")[2] not in CHOSEN]
    if not typed:
        return None
    context = {"organisation": organisation, "typed": typed}
    return show(request, "typed", context, here=_("Not saved"), status=CONFLICT)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int | None = None
) -> HttpResponse:
    """Render a page of the workspace with its crumbs and what there is to tell."""
    version: Version | None = context.get("version")
    organisation = context.get("organisation") or version.strategy.organisation
    crumbs = [
        {"label": _("Administration"), "url": reverse("accounts:start")},
        {"label": _("Local strategy of %s") % organisation, "url": address("desk", organisation)},
    ]
    crumbs += [{"label": here, "url": ""}] if here else []
    context = context | {"organisation": organisation, "crumbs": crumbs, "messages": get_messages(request)}
    return render(request, f"local_strategies/desk/{template}.html", context, status=status)


def address(name: str, organisation: Any, *arguments: Any, query: str = "") -> str:
    found = reverse(f"local_strategies:{name}", args=[organisation.slug, *arguments])
    return f"{found}?{query}" if query else found


def to_desk(version: Version, query: str = "") -> HttpResponse:
    return redirect(address("desk", version.strategy.organisation, query=query))
