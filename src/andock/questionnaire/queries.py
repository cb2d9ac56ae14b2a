"""What others read: the questions of a phase, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from .models import Question, Questionnaire, Submission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.participation.models import Participant, Phase


def questionnaire_of(phase: Phase) -> Questionnaire | None:
    found = Questionnaire.objects.filter(phase=phase.pk).first()
    if found:
        found.phase = phase
    return found


def questions_of(questionnaire: Questionnaire | None) -> list[Question]:
    """In their order, each with the one it hangs on."""
    if questionnaire is None:
        return []
    return list(Question.objects.filter(questionnaire=questionnaire).select_related("shown_if"))


def counted(questionnaire: Questionnaire) -> QuerySet[Submission]:
    """What counts: confirmed, or on paper."""
    return Submission.objects.filter(questionnaire=questionnaire, confirmed_at__isnull=False)


def number_counted(phase: Phase) -> int:
    return Submission.objects.filter(questionnaire__phase=phase.pk, confirmed_at__isnull=False).count()


def number_waiting(questionnaire: Questionnaire) -> int:
    """Sent from devices nobody knows, and not confirmed yet."""
    return Submission.objects.filter(questionnaire=questionnaire, confirmed_at=None).count()


def has_questions(phase: Phase) -> bool:
    return Question.objects.filter(questionnaire__phase=phase.pk).exists()


def submission_of(questionnaire: Questionnaire, participant: Participant | None) -> Submission | None:
    """What counts of somebody."""
    return counted(questionnaire).filter(participant=participant).first() if participant else None


def submission_sent_with(request_key: UUID) -> Submission | None:
    found = Submission.objects.filter(request_key=request_key)
    return found.select_related("participant", "questionnaire__phase__process__organisation").first()


def submissions_of(participant: Participant) -> QuerySet[Submission]:
    """Everything somebody answered, in all questionnaires."""
    found = Submission.objects.filter(participant=participant).select_related("questionnaire__phase__process")
    return found.prefetch_related("questionnaire__questions")


def sent_since(participant: Participant, since: datetime) -> int:
    return Submission.objects.filter(participant=participant, sent_at__gte=since).count()


def unconfirmed_before(moment: datetime) -> QuerySet[Submission]:
    return Submission.objects.filter(confirmed_at=None, sent_at__lt=moment)


def next_paper_number(questionnaire: Questionnaire) -> int:
    found = Submission.objects.filter(questionnaire=questionnaire).aggregate(last=Max("paper_number"))
    return (found["last"] or 0) + 1


def number_of_papers(questionnaire: Questionnaire) -> int:
    return Submission.objects.filter(questionnaire=questionnaire, is_on_paper=True).count()
