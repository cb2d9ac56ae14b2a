"""The local strategies in force for search engines, in every language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Version


class LocalStrategySitemap(Sitemap):
    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> QuerySet[Version]:
        return queries.versions_in_force()

    def location(self, item: Version) -> str:
        return reverse("local_strategies:current", args=[item.strategy.organisation.slug])
