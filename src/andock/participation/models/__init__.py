"""Tables: ``process`` what people are asked, ``person`` who takes part, ``residence`` that they live there, ``contribution`` what they say."""

from .contribution import Answered, Contribution, Response
from .moderation import Decision, Report
from .person import Departure, Involvement, Participant
from .process import Phase, Process
from .residence import CodeBatch, ResidenceCode, ResidenceProof, TypedCode, WrongCode

__all__ = [
    "Answered",
    "CodeBatch",
    "Contribution",
    "Decision",
    "Departure",
    "Involvement",
    "Participant",
    "Phase",
    "Process",
    "Report",
    "ResidenceCode",
    "ResidenceProof",
    "Response",
    "TypedCode",
    "WrongCode",
]
