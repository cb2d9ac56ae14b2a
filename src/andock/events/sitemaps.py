"""Events for search engines, in every language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from .models import Event, Series


class EventSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Event]:
        return queries.public_events().order_by("slug")

    def location(self, item: Event) -> str:
        return reverse("events:event", args=[item.slug])

    def lastmod(self, item: Event) -> datetime:
        return item.changed_at


class EventListSitemap(Sitemap):
    """The list and the series."""

    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> list[Series | None]:
        return [None, *queries.public_series()]

    def location(self, item: Series | None) -> str:
        return reverse("events:series", args=[item.slug]) if item else reverse("events:list")
