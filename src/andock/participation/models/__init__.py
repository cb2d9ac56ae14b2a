"""Tables: ``process`` what people are asked, ``person`` who takes part, ``contribution`` what they say and what became of it."""

from .contribution import Answered, Contribution, Response
from .moderation import Decision, Report
from .person import Involvement, Participant
from .process import Phase, Process

__all__ = [
    "Answered",
    "Contribution",
    "Decision",
    "Involvement",
    "Participant",
    "Phase",
    "Process",
    "Report",
    "Response",
]
