from andock.kernel.modules import Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="local_strategies",
    urls="andock.local_strategies.urls",
    sitemaps={"local_strategies": "andock.local_strategies.sitemaps.LocalStrategySitemap"},
    frozen=FROZEN,
    actions=ACTIONS,
    panels={
        "organisations.municipality": "andock.local_strategies.panels.strategy_of_municipality",
    },
)
