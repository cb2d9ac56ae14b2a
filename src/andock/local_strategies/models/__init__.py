from .element_decision import ElementDecision, OwnPart
from .local_strategy import LocalStrategy, Note, ShareLink
from .run import Answer, Run
from .version import DecisionRecord, Version

__all__ = [
    "Answer",
    "DecisionRecord",
    "ElementDecision",
    "LocalStrategy",
    "Note",
    "OwnPart",
    "Run",
    "ShareLink",
    "Version",
]
