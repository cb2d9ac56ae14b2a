from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="strategy",
    urls="andock.strategy.urls",
    menu=(MenuEntry(_("Strategy"), "strategy:current", 10),),
    loaders=(
        "andock.strategy.loader.load_framework",
        "andock.strategy.loader.load_dockings",
        "andock.strategy.loader.load_editions",
    ),
    sitemaps={
        "editions": "andock.strategy.sitemaps.EditionSitemap",
        "elements": "andock.strategy.sitemaps.ElementSitemap",
    },
    documents="andock.strategy.documents.SOURCE",
    frozen=FROZEN,
    actions=ACTIONS,
    panels={
        "accounts.start": "andock.strategy.panels.editing",
        "organisations.register": "andock.strategy.panels.succession",
        "portal.topic": "andock.strategy.panels.elements_of_topic",
    },
)
