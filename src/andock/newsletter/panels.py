"""The way to the desk, for those who keep the newsletter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from andock.following.things import newsletter_name
from andock.organisations.region import region_of

from .rules import may_keep_newsletter

if TYPE_CHECKING:
    from django.http import HttpRequest


def desk(request: HttpRequest, thing: Any = None) -> str:
    region = region_of(request)
    if not (region and region.agency and may_keep_newsletter(request.user, region.agency)):
        return ""
    context = {"organisation": region.agency, "name": newsletter_name(region)}
    return render_to_string("newsletter/panel_desk.html", context, request)
