from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

from .trail import ACTIONS, PRIVATE

PANEL = "andock.participation.panels"

MODULE = Module(
    name="participation",
    processing="andock.participation.processing.PROCESSING",
    due="andock.participation.services.forgetting.due",
    urls="andock.participation.urls",
    menu=(MenuEntry(_("Have your say"), "participation:list", 37),),
    actions=ACTIONS,
    private=PRIVATE,
    documents="andock.participation.documents.SOURCE",
    sitemaps={
        "processes": "andock.participation.sitemaps.ProcessSitemap",
        "process_lists": "andock.participation.sitemaps.ProcessListSitemap",
    },
    panels={
        "accounts.start": f"{PANEL}.desks",
        "organisations.municipality": f"{PANEL}.of_organisation",
        "participation.answering_desk": "andock.participation.desk_panel.table",
        "participation.process_desk": "andock.participation.desk_panel.files",
        "portal.home": f"{PANEL}.running",
        "portal.join": f"{PANEL}.take_part",
        "portal.topic": f"{PANEL}.of_topic",
        "strategy.element": f"{PANEL}.of_element",
    },
    attached="andock.participation.attached.attached",
)
