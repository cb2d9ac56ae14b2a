"""The strategy for search engines, in every language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from .models import Edition


class EditionSitemap(Sitemap):
    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> QuerySet[Edition]:
        return queries.public_editions()

    def location(self, item: Edition) -> str:
        return reverse("strategy:edition", args=[item.ordinal])


class ElementSitemap(Sitemap):
    """The permalinks of everything that stands in the edition in force."""

    limit = 5000

    def items(self) -> list[UUID]:
        edition = queries.edition_in_force()
        return list(queries.versions_of(edition).values_list("element_id", flat=True)) if edition else []

    def location(self, item: UUID) -> str:
        return reverse("strategy:element", args=[item])
