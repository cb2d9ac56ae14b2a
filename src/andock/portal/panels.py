"""What the portal shows on pages with an open place: who is there, because the organisations' pages are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from andock.kernel.pagecache.pages import page_shows
from andock.organisations.queries import organisations_carrying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from andock.organisations.models import Term


def organisations_of_topic(request: HttpRequest, terms: Iterable[Term]) -> str:
    """Who works on it, in their own words."""
    page_shows(request, "organisations")
    found = list(organisations_carrying(terms))
    return render_to_string("portal/panel_topic.html", {"organisations": found}, request) if found else ""
