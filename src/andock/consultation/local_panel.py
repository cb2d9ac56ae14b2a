"""Beside a passage of a local strategy: how much was said about it, and what changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.template.loader import render_to_string

from andock.kernel.pagecache.pages import page_shows

from . import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.local_strategies.models import Version
    from andock.local_strategies.printed import Printed

    from .queries import AboutLocal

KEPT = "andock.consultation.about_local"
"""Where a request keeps what was read: a page asks for each of its hundreds of passages."""


def of_passage(request: HttpRequest, one: Printed) -> str:
    """From how many contributions how many changed it; nothing beside a draft, which not everybody reads."""
    version = one.place.version
    about = _about(request, version) if version.is_frozen else {}
    found = about.get(UUID(str(one.element_id)))
    if found is None:
        return ""
    context = {"said": len(found.said), "changed": len(found.changed), "answers": found.answers, "passage": one}
    return render_to_string("consultation/panel_passage.html", context, request)


def _about(request: HttpRequest, version: Version) -> dict[UUID, AboutLocal]:
    """By passage; read once for each page."""
    if request.META.get(KEPT) is None:
        page_shows(request, "contributions")
        request.META[KEPT] = queries.about_local(version)
    return request.META[KEPT]
