"""The register for search engines, in every language of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class RegisterSitemap(Sitemap):
    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES]

    def items(self) -> list[str]:
        return ["register:register"]

    def location(self, item: str) -> str:
        return reverse(item)
