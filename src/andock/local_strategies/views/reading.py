"""Reading a local strategy: in force, any version at its permanent address, and where it differs from the region."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.organisations.queries import organisation_by_address
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries
from ..choices import VersionState
from ..difference import difference_to_region
from ..printed import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Version

SCOPES = ("strategy", "local:{slug}", "organisations")


def of_town(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view(request, organisation, …)`` at an address below the municipality's; a former one leads to today's."""

    @require_safe
    @public_page(scopes=SCOPES)
    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = organisation_by_address(slug)
        if organisation is None:
            raise Http404
        if organisation.slug != slug:
            name = f"local_strategies:{request.resolver_match.url_name}"
            return redirect(name, permanent=True, slug=organisation.slug, **kwargs)
        return view(request, organisation, **kwargs)

    return page


@of_town
def current(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The version in force; without one, what will stand here."""
    version = queries.public_versions(organisation).filter(state=VersionState.IN_FORCE).first()
    if version is None:
        return render(request, "local_strategies/none.html", {"organisation": organisation})
    return render(request, "local_strategies/version.html", _context(version))


@of_town
def version(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """One version that is or was in force, at its permanent address."""
    found = public_version(organisation, number)
    return render(request, "local_strategies/version.html", _context(found) | {"is_permanent": True})


@of_town
def versions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every version that is or was in force, with who decided on it."""
    found = queries.public_versions(organisation).prefetch_related("records")
    context = {"organisation": organisation, "versions": found, "canonical": _absolute("versions", organisation.slug)}
    return render(request, "local_strategies/versions.html", context)


@of_town
def difference(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The version in force against the regional wording, passage by passage."""
    version = queries.public_versions(organisation).filter(state=VersionState.IN_FORCE).first()
    if version is None:
        return render(request, "local_strategies/none.html", {"organisation": organisation})
    context = {
        "organisation": organisation,
        "version": version,
        "difference": difference_to_region(version),
        "canonical": _absolute("difference", organisation.slug),
        "foreign": is_foreign(),
    }
    return render(request, "local_strategies/difference.html", context)


def public_version(organisation: Organisation, number: int) -> Version:
    return get_object_or_404(queries.public_versions(organisation), number=number)


def _context(version: Version) -> dict[str, Any]:
    organisation = version.strategy.organisation
    is_in_force = version.state == VersionState.IN_FORCE
    permanent = _absolute("version", organisation.slug, version.number)
    return {
        "organisation": organisation,
        "version": version,
        "reading": reading(version),
        "records": version.records.all(),
        "in_force": version if is_in_force else queries.version_in_force(version.strategy),
        "permanent_address": permanent,
        "canonical": _absolute("current", organisation.slug) if is_in_force else permanent,
        "foreign": is_foreign(),
    }


def _absolute(name: str, *args: Any) -> str:
    return absolute(reverse(f"local_strategies:{name}", args=args))
