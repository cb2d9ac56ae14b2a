"""Learning groups for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from .models import Group


class GroupSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Group]:
        return queries.groups().order_by("slug")

    def location(self, item: Group) -> str:
        return reverse("colleagues:group", args=[item.slug])

    def lastmod(self, item: Group) -> datetime:
        return item.changed_at


class GroupListSitemap(Sitemap):
    """The list."""

    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> list[str]:
        return ["colleagues:groups"]

    def location(self, item: str) -> str:
        return reverse(item)
