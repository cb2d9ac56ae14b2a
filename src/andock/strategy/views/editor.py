"""What all pages of the strategy's editor share: who may open them, never kept by a cache, messages on top."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import queries, rules
from ..models import Edition, ElementVersion, Framework

CONFLICT = 409
View = Callable[..., HttpResponseBase]


def framework_page(view: View) -> View:
    """A page about the framework as a whole: ``view(request, framework)``."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        framework = queries.the_framework()
        if framework is None:
            raise Http404
        rules.may_edit_framework(request.user, framework).demand()
        return view(request, framework, **kwargs)

    return page


def edition_page(view: View) -> View:
    """A page about one edition that may still be edited: ``view(request, edition, …)``."""

    @framework_page
    @wraps(view)
    def page(request: HttpRequest, framework: Framework, ordinal: int, **kwargs: Any) -> HttpResponseBase:
        editions = framework.editions.select_related("framework__owner")
        edition = get_object_or_404(editions, ordinal=ordinal)
        rules.may_edit_edition(request.user, edition).demand()
        return view(request, edition, **kwargs)

    return page


def element_page(view: View) -> View:
    """A page about one element of an edition: ``view(request, edition, version)``."""

    @edition_page
    @wraps(view)
    def page(request: HttpRequest, edition: Edition, element_id: Any) -> HttpResponseBase:
        version = edition.versions.prefetch_related("terms").filter(element=element_id).first()
        if version is None:
            return redirect("strategy:edit_missing", edition.ordinal)
        return view(request, edition, version)

    return page


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int | None = None
) -> HttpResponse:
    """Render a page of the editor with its crumbs and what there is to tell."""
    context = context | {"messages": get_messages(request), "crumbs": _crumbs(context, here)}
    return render(request, f"strategy/editing/{template}.html", context, status=status)


def _crumbs(context: dict[str, Any], here: str) -> list[dict[str, str]]:
    crumbs = [{"label": _("Edit the strategy"), "url": reverse("strategy:edit")}]
    if edition := context.get("edition"):
        crumbs.append({"label": edition.label, "url": reverse("strategy:edit_edition", args=[edition.ordinal])})
        version: ElementVersion | None = context.get("version")
        if version:
            url = reverse("strategy:edit_element", args=[edition.ordinal, version.element_id])
            crumbs.append({"label": str(version), "url": url})
    return [*crumbs, {"label": here, "url": ""}] if here else crumbs


def to_edition(edition: Edition, query: str = "") -> HttpResponse:
    """Back to the edition's structure. No fragment: where an address has one, browsers ignore ``autofocus``."""
    address = reverse("strategy:edit_edition", args=[edition.ordinal])
    return redirect(f"{address}?{query}" if query else address)
