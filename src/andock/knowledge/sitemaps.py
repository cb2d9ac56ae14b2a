"""Solutions and guides for search engines, in every language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from .models import Guide, Solution


class SolutionSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Solution]:
        return queries.published_solutions().order_by("slug")

    def location(self, item: Solution) -> str:
        return reverse("knowledge:solution", args=[item.slug])

    def lastmod(self, item: Solution) -> datetime:
        return item.changed_at


class GuideSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Guide]:
        return queries.published_guides().order_by("slug")

    def location(self, item: Guide) -> str:
        return reverse("knowledge:guide", args=[item.slug])

    def lastmod(self, item: Guide) -> datetime:
        return item.changed_at


class KnowledgeListSitemap(Sitemap):
    """The lists."""

    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> list[str]:
        return ["knowledge:solutions", "knowledge:fitting", "knowledge:guides", "knowledge:transfers"]

    def location(self, item: str) -> str:
        return reverse(item)
