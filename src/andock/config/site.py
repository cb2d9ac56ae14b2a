"""What every page's frame shows: region, menu, languages. Joins modules that must not know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from django.http import HttpRequest


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The part of the ``site`` context that is data."""
    return {"region": the_region(), "demo": settings.ANDOCK_DEMO}
