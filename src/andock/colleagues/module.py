from andock.kernel.modules import Module

from .trail import ACTIONS, PRIVATE

MODULE = Module(
    name="colleagues",
    processing="andock.colleagues.processing.PROCESSING",
    urls="andock.colleagues.urls",
    actions=ACTIONS,
    private=PRIVATE,
    sitemaps={
        "groups": "andock.colleagues.sitemaps.GroupSitemap",
        "group_lists": "andock.colleagues.sitemaps.GroupListSitemap",
    },
    loaders=("andock.colleagues.loader.load_groups", "andock.colleagues.loader.load_demonstration"),
    panels={
        "accounts.start": "andock.colleagues.panels.from_office_to_office",
        "knowledge.solution": "andock.colleagues.panels.ask_the_owner",
        "organisations.municipality": "andock.colleagues.panels.groups_of_organisation",
        "portal.join": "andock.colleagues.panels.learning_together",
    },
)
