"""The public pages of the portal for search engines, in every language of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from andock.organisations.queries import municipalities

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andock.organisations.models import Municipality


class _EveryLanguage(Sitemap):
    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]


class PlaceSitemap(_EveryLanguage):
    """The fixed pages."""

    def items(self) -> list[str]:
        return ["portal:home", "portal:municipalities", "portal:join", "portal:topics", "strategy:current"]

    def location(self, item: str) -> str:
        return reverse(item)


class MunicipalitySitemap(_EveryLanguage):
    def items(self) -> QuerySet[Municipality]:
        return municipalities()

    def location(self, item: Municipality) -> str:
        return reverse("portal:municipality", args=[item.organisation.slug])
