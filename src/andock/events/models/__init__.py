"""Tables of the events: ``event`` is what everybody reads, ``registration`` who comes."""

from .event import Document, Event, ProgrammeItem, Series
from .registration import Allotment, CheckIn, ConsentText, EventMessage, Question, Registration, Reminder

__all__ = [
    "Allotment",
    "CheckIn",
    "ConsentText",
    "Document",
    "Event",
    "EventMessage",
    "ProgrammeItem",
    "Question",
    "Registration",
    "Reminder",
    "Series",
]
