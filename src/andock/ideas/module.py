from andock.kernel.modules import Module

from .trail import ACTIONS

PANEL = "andock.ideas.panels"

MODULE = Module(
    name="ideas",
    urls="andock.ideas.urls",
    actions=ACTIONS,
    personal="andock.ideas.personal.KEPT",
    contribution_details="andock.ideas.details.DETAILS",
    loaders=("andock.ideas.loader.load_demonstration",),
    panels={
        "participation.phase": f"{PANEL}.of_phase",
        "participation.data": f"{PANEL}.of_data",
        "participation.answering_desk": f"{PANEL}.of_answering_desk",
        "participation.process_desk": f"{PANEL}.of_process_desk",
        "knowledge.solution": f"{PANEL}.of_solution",
        "strategy.element": f"{PANEL}.of_element",
    },
)
