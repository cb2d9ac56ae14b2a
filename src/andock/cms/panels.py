"""What the pages show on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from andock.kernel.pagecache.pages import page_shows, shared_part

from . import queries
from .publishing import PAGES
from .tree import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from andock.organisations.models import Term

NEWEST = 3
MOST = 12


def newest_news(request: HttpRequest, region: Any) -> str:
    """The three newest pieces of news."""
    page_shows(request, PAGES)
    return _shown(queries.news()[:NEWEST])


def news_of_organisation(request: HttpRequest, organisation: Any) -> str:
    """The newest news about a municipality; the object may be the municipality or its organisation."""
    page_shows(request, PAGES)

    def make() -> str:
        return _shown(queries.news().filter(organisations=organisation.pk)[:NEWEST])

    text: str = shared_part(request, f"news of {organisation.pk}", make, scopes=(PAGES,))
    return text


def news_of_topic(request: HttpRequest, terms: Sequence[Term]) -> str:
    """The newest news and all pages that carry any of the terms."""
    page_shows(request, PAGES)
    news = list(queries.news_carrying(terms)[: MOST + 1])
    pages = list(queries.pages_carrying(terms))
    if not news and not pages:
        return ""
    context = {"news": _addressed(news[:MOST]), "pages": _addressed(pages), "has_more": len(news) > MOST}
    return render_to_string("cms/panel_topic.html", context | {"slug": terms[0].slug}, request)


def _shown(found: Any) -> str:
    items = _addressed(found)
    return render_to_string("cms/panel_news.html", {"items": items}) if items else ""


def _addressed(pages: Iterable[Any]) -> list[tuple[Any, str]]:
    language = get_language() or settings.LANGUAGE_CODE
    return [(page, address(page, language)) for page in pages]
