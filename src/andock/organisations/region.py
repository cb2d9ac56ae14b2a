"""The region as a page uses it: asked for once in a request, by whoever needs it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .queries import the_region

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Region


def region_of(request: HttpRequest) -> Region | None:
    if not hasattr(request, "region"):
        request.region = the_region()  # type: ignore[attr-defined]
    return request.region  # type: ignore[attr-defined]
