from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="register",
    processing="andock.register.processing.PROCESSING",
    due="andock.register.services.approaches.due",
    urls="andock.register.urls",
    menu=(MenuEntry(_("Docking"), "register:register", 30),),
    sitemaps={"register": "andock.register.sitemaps.RegisterSitemap"},
    loaders=("andock.register.loader.load_approaches",),
    frozen=FROZEN,
    actions=ACTIONS,
    panels={"accounts.start": "andock.register.panels.docking"},
)
