"""What the search knows of pages and news: those that are public, each language by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from andock.organisations.documents import places_of, topics_of
from andock.search.services import renew
from andock.search.source import Entry, Kind, Source

from . import queries
from .models import ContentPage, LegalPage, NewsPage
from .tree import address

if TYPE_CHECKING:
    from wagtail.models import Page

NAME = "pages"
TAG = re.compile(r"<[^>]+>")
KINDS: dict[type[Page], str] = {ContentPage: "page", LegalPage: "page", NewsPage: "news"}


def groups() -> Iterator[str]:
    keys = queries.public_pages().order_by("translation_key").values_list("translation_key", flat=True)
    return (str(key) for key in keys.distinct())


def make(group: str) -> Iterator[Entry]:
    """A page in every language it is public in. Readers without a translation are shown the German one."""
    found = [page for page in queries.public_pages().filter(translation_key=group).specific() if type(page) in KINDS]
    languages = [page.locale.language_code for page in found]
    for page in found:
        yield _entry(page, languages)


def _entry(page: Any, languages: list[str]) -> Entry:
    language = page.locale.language_code
    is_german = language == settings.LANGUAGE_CODE
    others = languages if is_german else [code for code, _name in settings.LANGUAGES]
    places = list(page.organisations.all()) if isinstance(page, NewsPage) else []
    terms = list(page.terms.all()) if hasattr(page, "terms") else []
    return Entry(
        key=str(page.translation_key),
        kind=KINDS[type(page)],
        url=address(page, settings.LANGUAGE_CODE),
        title=page.title,
        text="\n".join(filter(None, (getattr(page, "lead", ""), getattr(page, "intro", ""), *_texts(page)))),
        also=" ".join(str(one) for one in (*places, *terms)),
        places=places_of(*places),
        topics=topics_of(terms),
        year=page.sorted_on.year if isinstance(page, NewsPage) else None,
        language=language,
        elsewhere=tuple(sorted(set(others) - {language})),
    )


def _texts(page: Any) -> Iterator[str]:
    """The words of the body, without markup."""
    for text in page.body.stream_block.get_searchable_content(page.body):
        yield strip_tags(TAG.sub(" ", str(text)))


def renew_page(page: Page) -> None:
    """Let the search find the page and what stands below it as they are now; their addresses begin with its own."""
    below = queries.public_pages().filter(path__startswith=page.path) if page.path else ()
    keys = {page.translation_key, *(found.translation_key for found in below)}
    renew(NAME, *sorted(map(str, keys)))


SOURCE = Source(
    name=NAME,
    kinds={"page": Kind(_("Page"), _("Pages")), "news": Kind(_("Piece of news"), _("News"))},
    groups=groups,
    make=make,
)
