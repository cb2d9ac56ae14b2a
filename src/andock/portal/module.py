from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

MODULE = Module(
    name="portal",
    urls="andock.portal.urls",
    sitemaps={
        "places": "andock.portal.sitemaps.PlaceSitemap",
        "municipalities": "andock.portal.sitemaps.MunicipalitySitemap",
    },
    panels={"portal.topic": "andock.portal.panels.organisations_of_topic"},
    menu=(MenuEntry(_("Municipalities"), "portal:municipalities", 20), MenuEntry(_("Join in"), "portal:join", 90)),
)
