"""What the pages show on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from andock.kernel.pagecache.pages import page_shows

from . import queries
from .publishing import PAGES
from .tree import address

if TYPE_CHECKING:
    from django.http import HttpRequest

NEWEST = 3


def newest_news(request: HttpRequest, region: Any) -> str:
    """The three newest pieces of news."""
    page_shows(request, PAGES)
    return _shown(request, queries.news()[:NEWEST])


def news_of_organisation(request: HttpRequest, organisation: Any) -> str:
    """The newest news about a municipality; the object may be the municipality or its organisation."""
    page_shows(request, PAGES)
    return _shown(request, queries.news().filter(organisations=organisation.pk)[:NEWEST])


def _shown(request: HttpRequest, found: Any) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    items = [(item, address(item, language)) for item in found]
    return render_to_string("cms/panel_news.html", {"items": items}, request) if items else ""
