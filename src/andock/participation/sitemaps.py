"""Processes for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from .models import Process


class ProcessSitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Process]:
        return queries.public_processes().order_by("slug")

    def location(self, item: Process) -> str:
        return reverse("participation:process", args=[item.slug])

    def lastmod(self, item: Process) -> datetime:
        return item.changed_at


class ProcessListSitemap(Sitemap):
    """The list, and the rules."""

    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> list[str]:
        return ["participation:list", "participation:rules"]

    def location(self, item: str) -> str:
        return reverse(item)
