from andock.kernel.modules import Module

from .trail import ACTIONS, PRIVATE

MODULE = Module(
    name="consultation",
    urls="andock.consultation.urls",
    actions=ACTIONS,
    private=PRIVATE,
    contribution_details="andock.consultation.details.DETAILS",
    passages="andock.consultation.passages.passage_at",
    process_lacks="andock.consultation.lacking.lacks",
    loaders=("andock.consultation.loader.load_demonstration",),
    panels={
        "local_strategies.passage": "andock.consultation.local_panel.of_passage",
        "participation.phase": "andock.consultation.panels.of_phase",
        "participation.process_desk": "andock.consultation.panels.of_desk",
    },
)
