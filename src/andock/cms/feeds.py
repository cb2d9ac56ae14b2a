"""The region's news as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from andock.organisations.feeds import LENGTH, AtomFeed, as_html, noon
from andock.strategy.queries import public_editions

from . import queries
from .tree import address


class NewsFeed(AtomFeed):
    """News and editions of the strategy in one feed, newest first."""

    def title(self) -> str:
        return _("News from %s") % self.place

    def subtitle(self) -> str:
        return _("News and editions of the strategy")

    def link(self) -> str:
        return reverse("wagtail_serve", args=["neuigkeiten/"])

    def feed_url(self) -> str:
        return reverse("news_feed")

    def items(self) -> list[dict[str, Any]]:
        language = get_language() or settings.LANGUAGE_CODE
        entries = [_news_entry(page, language) for page in queries.news()[:LENGTH]]
        entries += [_edition_entry(edition) for edition in public_editions() if edition.date]
        return sorted(entries, key=lambda entry: entry["on"], reverse=True)[:LENGTH]

    def item_title(self, item: dict[str, Any]) -> str:
        return item["title"]

    def item_description(self, item: dict[str, Any]) -> str:
        return as_html(item["text"])

    def item_link(self, item: dict[str, Any]) -> str:
        return item["url"]

    def item_guid(self, item: dict[str, Any]) -> str:
        return item["guid"]

    def item_pubdate(self, item: dict[str, Any]) -> datetime:
        return noon(item["on"])

    def item_updateddate(self, item: dict[str, Any]) -> datetime:
        return item["changed_at"]


def _news_entry(page: Any, language: str) -> dict[str, Any]:
    return {
        "title": page.title,
        "text": page.intro,
        "url": address(page, language),
        "guid": f"urn:uuid:{page.translation_key}",
        "on": page.sorted_on,
        "changed_at": page.last_published_at or noon(page.sorted_on),
    }


def _edition_entry(edition: Any) -> dict[str, Any]:
    on = edition.date.earliest or edition.date.latest  # the latest may still be to come
    return {
        "title": edition.title,
        "text": edition.note,
        "url": reverse("strategy:edition", args=[edition.ordinal]),
        "guid": f"{settings.ANDOCK_BASE_URL}/strategie/auflagen/{edition.ordinal}/",
        "on": on,
        "changed_at": noon(on),
    }
