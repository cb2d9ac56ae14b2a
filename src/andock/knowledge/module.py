from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="knowledge",
    urls="andock.knowledge.urls",
    menu=(MenuEntry(_("Solutions"), "knowledge:solutions", 25),),
    actions=ACTIONS,
    frozen=FROZEN,
    documents="andock.knowledge.documents.SOURCE",
    sitemaps={
        "solutions": "andock.knowledge.sitemaps.SolutionSitemap",
        "guides": "andock.knowledge.sitemaps.GuideSitemap",
        "knowledge_lists": "andock.knowledge.sitemaps.KnowledgeListSitemap",
    },
    loaders=(
        "andock.knowledge.loader.load_solutions",
        "andock.knowledge.loader.load_guides",
        "andock.knowledge.loader.load_transfers",
        "andock.knowledge.loader.load_demonstration",
    ),
    panels={
        "accounts.start": "andock.knowledge.panels.desks",
        "events.event": "andock.knowledge.panels.findings_of_event",
        "events.event_desk": "andock.knowledge.panels.finding_from_event",
        "organisations.municipality": "andock.knowledge.panels.solutions_of_organisation",
        "portal.topic": "andock.knowledge.panels.knowledge_of_topic",
        "strategy.element": "andock.knowledge.panels.solutions_of_element",
    },
    attached="andock.knowledge.attachments.attached",
)
