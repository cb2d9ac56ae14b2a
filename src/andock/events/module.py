from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import MenuEntry, Module

from .trail import ACTIONS, PRIVATE

MODULE = Module(
    name="events",
    processing="andock.events.processing.PROCESSING",
    due="andock.events.services.forgetting.due",
    urls="andock.events.urls",
    menu=(MenuEntry(_("Events"), "events:list", 35),),
    actions=ACTIONS,
    private=PRIVATE,
    documents="andock.events.documents.SOURCE",
    listens={"notifications.bounced": "events.bounced"},
    sitemaps={
        "events": "andock.events.sitemaps.EventSitemap",
        "event_lists": "andock.events.sitemaps.EventListSitemap",
    },
    loaders=("andock.events.loader.load_events", "andock.events.loader.load_demonstration"),
    panels={
        "accounts.start": "andock.events.panels.desks",
        "organisations.municipality": "andock.events.panels.events_of_organisation",
        "portal.home": "andock.events.panels.next_events",
        "portal.topic": "andock.events.panels.events_of_topic",
        "strategy.edition": "andock.events.panels.events_of_edition",
        "strategy.element": "andock.events.panels.events_of_element",
    },
    attached="andock.events.attached.on_elements",
    checks=("andock.events.checks.seats_are_counted", "andock.events.checks.data_are_forgotten"),
)
