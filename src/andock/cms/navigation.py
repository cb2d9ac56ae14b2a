"""What the frame of every page shows of ours: menu, foot, legal line, languages of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import queries
from .tree import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from wagtail.models import Page


def site_links() -> dict[str, Any]:
    """Links by their place in the frame: ``menu``, ``offers`` (foot), ``legal``, ``data``."""
    language = get_language() or settings.LANGUAGE_CODE
    pages = list(_one_of_each(queries.menu_pages(language), language))
    return {
        "menu": [_link(page, language) for page in pages if page.show_in_menus],
        "offers": [_link(page, language) for page in pages if getattr(_content(page), "in_foot", False)],
        "legal": [_link(page, language) for page in pages if hasattr(page, "legalpage")],
        "data": [{"label": _("News as a feed (Atom)"), "url": reverse("news_feed")}],
    }


def own_links(request: HttpRequest) -> dict[str, Any]:
    """What a page of the editorial office says in the frame itself: the languages it has."""
    shown = getattr(request, "cms_page", None)
    return {"languages": page_languages(shown, get_language() or settings.LANGUAGE_CODE)} if shown else {}


def page_languages(page: Page, here: str) -> list[dict[str, Any]]:
    """The languages a page has, as the layout lists them: code, name, url, current."""
    found = queries.translations_of(page)
    return [
        {"code": code, "name": name, "url": address(found.get(code, page), code), "current": code == here}
        for code, name in settings.LANGUAGES
        if code in found or code == here
    ]


def _one_of_each(pages: Iterable[Page], language: str) -> Iterable[Page]:
    """Each page once: in the reader's language where it has it."""
    chosen: dict[Any, Page] = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return chosen.values()


def _content(page: Page) -> Any:
    return getattr(page, "contentpage", None)


def _link(page: Page, language: str) -> dict[str, str]:
    return {"label": page.title, "url": address(page, language)}
