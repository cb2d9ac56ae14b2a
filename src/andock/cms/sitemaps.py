"""The pages for search engines, each language with its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from .models import StartPage
from .tree import address

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


class PageSitemap(Sitemap):
    """All public pages but the roots, which are the portal's home."""

    limit = 5000

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.live().filter(depth__gt=2).exclude(pk__in=StartPage.objects.values("pk"))
        return pages.select_related("locale").order_by("path")

    def location(self, page: Page) -> str:
        return address(page, page.locale.language_code)

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at
