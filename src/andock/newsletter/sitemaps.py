"""The newsletter for search engines."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries


class NewsletterSitemap(Sitemap):
    """The archive, and each issue in the language it was written in."""

    def items(self) -> list[int | None]:
        return [None, *queries.published().values_list("number", flat=True)]

    def location(self, item: int | None) -> str:
        return reverse("newsletter:issue", args=[item]) if item else reverse("newsletter:archive")
