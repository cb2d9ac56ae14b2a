"""What all pages of a consultation ask first: which process, which text, may it be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from andock.kernel.pagecache.pages import page_ends_at
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of
from andock.participation.views.public import seen_process

from .. import queries, rules, text

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.kernel.permissions import Verdict
    from andock.participation.models import Phase, Process

    from ..models import Subject


@dataclass(frozen=True, slots=True)
class Consultation:
    """A phase with its text, if one was chosen. ``may_read`` is for whoever asks, ``may_say`` for everybody."""

    process: Process
    phase: Phase
    subject: Subject | None
    may_read: bool
    may_say: Verdict | None

    def passages(self) -> list[text.Passage]:
        """The text with how much was said; nothing where this person may not read it."""
        if self.subject is None or not self.may_read:
            return []
        return text.passages(queries.text_of(self.subject), queries.counts_of(self.phase))


def consultation(request: HttpRequest, slug: str) -> Consultation:
    """What a page is about, or 404. Pages that show a local draft are not kept: it may be taken back at any moment."""
    process, now = seen_process(request, slug), timezone.now()
    phase = phase_of(process, PhaseKind.TEXT)
    if phase is None:
        raise Http404
    subject = queries.subject_of(phase)
    for moment in (phase.starts_at, phase.ends_at):
        page_ends_at(request, moment if moment > now else None)
    if subject and subject.version and not subject.version.is_frozen:
        page_ends_at(request, now)
    return Consultation(
        process, phase, subject,
        may_read=bool(subject and rules.may_read_text(request.user, subject)),
        may_say=rules.may_comment(request.user, subject, now) if subject else None,
    )  # fmt: skip
