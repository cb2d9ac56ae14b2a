"""What we keep of somebody's answers: taken along, unlinked or deleted, and gone when their time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import queries
from .choices import KEEP_UNCONFIRMED
from .services import erasing

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.participation.models import Participant

    from .models import Submission


class KeptAnswers:
    """Named in the manifest, see ``participation.personal.Kept``."""

    name = "answers_to_questions"

    def export(self, participant: Participant) -> list[dict[str, Any]]:
        return [_plain(one) for one in queries.submissions_of(participant)]

    def erase(self, participant_id: UUID, *, keeps_words: bool) -> None:
        erasing.erase(participant_id=participant_id, keeps_words=keeps_words)

    def due(self, now: datetime) -> dict[str, QuerySet[Submission]]:
        return {"unconfirmed answers": queries.unconfirmed_before(now - KEEP_UNCONFIRMED)}


KEPT = KeptAnswers()


def _plain(one: Submission) -> dict[str, Any]:
    labels = {question.field: question.label for question in one.questionnaire.questions.all()}
    return {
        "process": one.questionnaire.phase.process.title, "sent_at": one.sent_at.isoformat(),
        "confirmed_at": one.confirmed_at and one.confirmed_at.isoformat(),
        "answers": {labels.get(field, field): answer for field, answer in one.answers.items()},
    }  # fmt: skip
