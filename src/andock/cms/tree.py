"""The page tree: one root for each language, no Wagtail site but one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Locale, Page, Site

from .models import StartPage

if TYPE_CHECKING:
    from collections.abc import Iterable


def address(page: Page, language: str) -> str:
    """The path of a page as readers of ``language`` reach it; needs no query."""
    path = page.url_path.split("/", 2)[2]
    return f"/{path}" if language == settings.LANGUAGE_CODE else f"/{language}/{path}"


def roots(languages: Iterable[str]) -> dict[str, str]:
    """Where the tree of each language begins, as it stands before the paths of its pages."""
    rows = StartPage.objects.filter(locale__language_code__in=languages)
    return dict(rows.values_list("locale__language_code", "url_path"))


def locale(language: str) -> Locale:
    """The language as Wagtail knows it; made when first asked for."""
    return Locale.objects.get_or_create(language_code=language)[0]


def start_page(language: str) -> StartPage:
    """The root page of a language; the German one is also the root of the site. Made when first asked for."""
    found = StartPage.objects.filter(locale__language_code=language).first()
    return found or (_german_start() if language == settings.LANGUAGE_CODE else _translated_start(language))


def _german_start() -> StartPage:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale(settings.LANGUAGE_CODE))
    start = root.add_child(instance=StartPage(title="Startseite", slug="start", locale=locale(settings.LANGUAGE_CODE)))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": start, "site_name": "Andock"}
    )
    # Wagtail's first migration leaves a page that greets developers.
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__app_label="wagtailcore"):
        welcome.delete()
    return start


def _translated_start(language: str) -> StartPage:
    german = start_page(settings.LANGUAGE_CODE)
    new = StartPage(
        title=german.title, slug=f"start-{language}", locale=locale(language), translation_key=german.translation_key
    )
    return Page.get_first_root_node().add_child(instance=new)
