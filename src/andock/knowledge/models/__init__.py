"""Tables: ``solution`` what runs somewhere, ``transfer`` who took it over, ``guide`` how, ``finding`` what was learnt."""

from .finding import Finding
from .guide import ChecklistItem, Guide, GuideFeedback, GuideFile, GuideStep
from .solution import Solution, SolutionDocument
from .transfer import Transfer, TransferStage

__all__ = [
    "ChecklistItem",
    "Finding",
    "Guide",
    "GuideFeedback",
    "GuideFile",
    "GuideStep",
    "Solution",
    "SolutionDocument",
    "Transfer",
    "TransferStage",
]
