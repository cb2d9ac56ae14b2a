from andock.kernel.modules import Module

from .trail import ACTIONS

PANEL = "andock.following.panels"

MODULE = Module(
    name="following",
    processing="andock.following.processing.PROCESSING",
    due="andock.following.services.forgetting.due",
    urls="andock.following.urls",
    actions=ACTIONS,
    listens={
        "knowledge.taken_over": "following.taken_over",
        "participation.answered": "following.answered",
        "participation.phase_closing": "following.phase_closing",
        "participation.phase_opened": "following.phase_opened",
        "participation.resulted": "following.resulted",
        "search.renewed": "following.renewed",
        "strategy.docked": "following.docked",
        "strategy.edition_in_force": "following.in_force",
        "notifications.bounced": "following.bounced",
    },
    panels={
        "organisations.municipality": f"{PANEL}.follow_municipality",
        "portal.topic_foot": f"{PANEL}.follow_topic",
        "strategy.element": f"{PANEL}.follow_element",
        "knowledge.solution": f"{PANEL}.follow_solution",
        "participation.process": f"{PANEL}.follow_process",
        "search.results": f"{PANEL}.follow_search",
    },
)
