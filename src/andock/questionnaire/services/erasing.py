"""Somebody is forgotten: their answers are unlinked, or go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Submission
from .answering import told

if TYPE_CHECKING:
    from uuid import UUID


def erase(*, participant_id: UUID, keeps_words: bool) -> None:
    """Delete what does not count; what counts stays without a name or goes. In the caller's public transaction."""
    own = Submission.objects.filter(participant=participant_id).select_related("questionnaire__phase__process")
    own.filter(confirmed_at=None).delete()
    for submission in own:
        told(submission.questionnaire)
        if keeps_words:
            submission.participant = None
            submission.save(update_fields=["participant"])
        else:
            submission.delete()
