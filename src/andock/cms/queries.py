"""Reads of pages and news."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from . import tree
from .models import ContentPage, LegalPage, NewsPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andock.organisations.models import Term

P = TypeVar("P", bound=Page)


def page_at(path: str, language: str) -> Page | None:
    """The page at this path in ``language``; the German one where that language has none."""
    starts = tree.roots({language, settings.LANGUAGE_CODE})
    places = [starts[code] + path for code in (language, settings.LANGUAGE_CODE) if code in starts]
    found = {page.url_path: page for page in Page.objects.live().select_related("locale").filter(url_path__in=places)}
    return next((found[place] for place in places if place in found), None)


def public_pages() -> QuerySet[Page]:
    """All pages the public can read, in every language."""
    return Page.objects.live().filter(depth__gt=2).select_related("locale")


def translations_of(page: Page) -> dict[str, Page]:
    """The public translations of a page, itself included, by language."""
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation for translation in pages}


def news(language: str | None = None) -> QuerySet[NewsPage]:
    """Public news, newest first, in the reader's language and in German where it is not translated."""
    return in_reading_language(NewsPage, language).order_by("-sorted_on", "-pk")


def in_reading_language(model: type[P], language: str | None = None) -> QuerySet[P]:
    """The public pages of a kind in the reader's language, and in German where one is not translated."""
    language = language or get_language() or settings.LANGUAGE_CODE
    pages = model.objects.live().select_related("locale")
    german = pages.filter(locale__language_code=settings.LANGUAGE_CODE)
    if language == settings.LANGUAGE_CODE:
        return german
    own = model.objects.live().filter(locale__language_code=language)
    return pages.filter(locale__language_code=language) | german.exclude(
        translation_key__in=own.values("translation_key")
    )


def news_carrying(terms: Iterable[Term]) -> QuerySet[NewsPage]:
    """Public news that carry any of the terms, newest first."""
    return news().filter(terms__in=list(terms)).distinct()


def pages_carrying(terms: Iterable[Term]) -> QuerySet[ContentPage]:
    """Public pages that carry any of the terms, by title, in the reader's language or else in German."""
    return in_reading_language(ContentPage).filter(terms__in=list(terms)).distinct().order_by("title")


def menu_pages(language: str) -> list[Page]:
    """The pages that stand in the main menu, the foot or the legal line, with a German one for each that is missing."""
    pages = Page.objects.live().filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    wanted = Q(show_in_menus=True) | Q(contentpage__in_foot=True) | Q(legalpage__isnull=False)
    return list(pages.filter(wanted).select_related("locale", "contentpage", "legalpage").order_by("path"))


def legal_pages() -> dict[str, LegalPage]:
    """The German legal pages the public can read, by kind."""
    pages = LegalPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return {page.kind: page for page in pages}
