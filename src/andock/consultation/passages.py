"""Which passage of which text stands at an address of a consultation: there whoever answers has it before their eyes."""

from __future__ import annotations

import re
from uuid import UUID

from andock.local_strategies.addresses import IDENTITY, passage_of
from andock.participation.changes import Change, local_change
from andock.participation.choices import PhaseKind
from andock.participation.queries import public_phase

from . import queries
from .text import element_called, passages

PASSAGE = re.compile(rf"/beteiligung/([-\w]+)/text/({IDENTITY})/?$")


def passage_at(path: str) -> Change | None:
    match = PASSAGE.search(path)
    phase = public_phase(match[1], PhaseKind.TEXT) if match else None
    subject = queries.subject_of(phase) if phase else None
    if match is None or subject is None:
        return None
    identity = UUID(match[2])
    if subject.version:
        found = passage_of(subject.version, identity)
        return local_change(found) if found else None
    stands = element_called(passages(queries.text_of(subject), {}), identity)
    return Change(identity, subject.edition) if stands else None
