from .element_decision import ElementDecision, OwnPart
from .local_strategy import LocalStrategy, Note, ShareLink
from .offer import Offer
from .run import Answer, Run
from .version import DecisionRecord, Version

__all__ = [
    "Answer",
    "DecisionRecord",
    "ElementDecision",
    "LocalStrategy",
    "Note",
    "Offer",
    "OwnPart",
    "Run",
    "ShareLink",
    "Version",
]
