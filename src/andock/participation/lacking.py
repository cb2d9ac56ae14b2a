"""What a process lacks before everybody may see it. The frame knows no tool: each says what is missing of its own.

A module names a function ``(process) -> Iterable[Lack]`` in its manifest (``process_lacks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from andock.kernel.modules import process_lacks

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .models import Process


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, as a sentence that says what to do, and the page of the desk (``where``) on which it is done."""

    sentence: str
    address: str
    where: str
    may_wait: bool = False
    """Does not keep a process from being published, but people cannot take part before it is done."""


def lacks(process: Process, now: datetime) -> list[Lack]:
    """What is missing, the frame's own first. Phases must be at hand."""
    address = reverse("participation:edit", args=[process.organisation.slug, process.slug])
    own = [Lack(sentence, address, _("Text and phases")) for sentence in _of_frame(process, now)]
    if process.needs_residence and not queries.codes_made(process):
        address = reverse("participation:residence", args=[process.organisation.slug, process.slug])
        told = _("There are no codes yet: people need one each to take part.")
        own.append(Lack(told, address, _("Make codes and letters"), may_wait=True))
    return own + [one for lacking in process_lacks() for one in lacking(process)]


def _of_frame(process: Process, now: datetime) -> Iterator[str]:
    if not process.summary:
        yield _("Say in one sentence what people are asked: it stands in the list.")
    if not process.contact_email:
        yield _("Name the office mailbox that answers questions.")
    if all(phase.ends_at <= now for phase in process.phases.all()):
        yield _("All phases are over already. Please set their days anew.")
