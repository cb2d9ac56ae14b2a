from andock.kernel.modules import Module

from .frozen import FROZEN
from .trail import ACTIONS, PRIVATE

MODULE = Module(
    name="local_strategies",
    urls="andock.local_strategies.urls",
    loaders=("andock.local_strategies.loader.load_local_strategies",),
    sitemaps={"local_strategies": "andock.local_strategies.sitemaps.LocalStrategySitemap"},
    documents="andock.local_strategies.documents.SOURCE",
    frozen=FROZEN,
    actions=ACTIONS,
    private=PRIVATE,
    panels={
        "accounts.start": "andock.local_strategies.panels.work",
        "organisations.municipality": "andock.local_strategies.panels.of_municipality",
        "register.desk": "andock.local_strategies.matrix_panels.offers_of_town",
        "strategy.edition_desk": "andock.local_strategies.matrix_panels.municipalities_of_draft",
        "strategy.element_desk": "andock.local_strategies.matrix_panels.wordings_for_passage",
        "strategy.element": "andock.local_strategies.matrix_panels.municipalities_of_element",
    },
    listens={"strategy.edition_in_force": "local_strategies.new_edition"},
)
