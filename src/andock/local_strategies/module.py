from andock.kernel.modules import Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="local_strategies",
    urls="andock.local_strategies.urls",
    loaders=("andock.local_strategies.loader.load_local_strategies",),
    sitemaps={"local_strategies": "andock.local_strategies.sitemaps.LocalStrategySitemap"},
    frozen=FROZEN,
    actions=ACTIONS,
    panels={
        "accounts.start": "andock.local_strategies.panels.work",
        "organisations.municipality": "andock.local_strategies.panels.of_municipality",
    },
    listens={"strategy.edition_in_force": "local_strategies.new_edition"},
)
