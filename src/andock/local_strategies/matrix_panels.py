"""What the regional view offers on pages of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from andock.kernel.pagecache.pages import page_shows

from .matrix import tallies_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.strategy.models import ElementVersion


def municipalities_of_element(request: HttpRequest, version: ElementVersion) -> SafeString | str:
    """How many municipalities take an element over, adapt or decline it."""
    page_shows(request, "strategy", "register")
    tallies = tallies_of(version.element_id)
    return (
        render_to_string("local_strategies/matrix/panel_element.html", {"tallies": tallies}, request) if tallies else ""
    )
