from andock.kernel.modules import Module

from .trail import ACTIONS

PANEL = "andock.questionnaire.panels"

MODULE = Module(
    name="questionnaire",
    urls="andock.questionnaire.urls",
    actions=ACTIONS,
    process_lacks="andock.questionnaire.lacking.lacks",
    loaders=("andock.questionnaire.loader.load_demonstration",),
    panels={
        "participation.phase": f"{PANEL}.of_phase",
        "participation.data": f"{PANEL}.of_data",
        "participation.process_desk": f"{PANEL}.of_desk",
        "participation.mine": f"{PANEL}.of_participant",
    },
    personal="andock.questionnaire.personal.KEPT",
)
