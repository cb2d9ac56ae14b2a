"""What we hold about somebody who registered: in words for their page, and as data to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .forms.registration import RECORDING, recording_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .models import Question, Registration

FORMAT = "andock-registration/1"


def in_words(registration: Registration, questions: Sequence[Question]) -> list[tuple[str, str]]:
    """What is kept, as terms and values; nothing that is empty."""
    rows = [
        (_("Name"), registration.name),
        (_("E-mail address"), registration.email),
        (_("How you take part"), registration.allotment.get_attendance_display()),
        (_("Seats"), str(registration.seats)),
        (_("Who comes with you"), ", ".join(registration.companions)),
        *((question.label, _spoken(registration.answers.get(question.field, ""))) for question in questions),
        (recording_text(), _("Yes") if registration.answers.get(RECORDING) else ""),
        (_("What you need to take part"), registration.access_needs.replace("\n", ", ")),
        (_("What you eat"), registration.catering_needs.replace("\n", ", ")),
    ]
    return [(term, value) for term, value in rows if value]


def as_data(registration: Registration, questions: Sequence[Question]) -> dict[str, Any]:
    """Everything we hold, for programs."""
    event, consent = registration.event, registration.consent
    return {
        "format": FORMAT,
        "event": {
            "title": event.title, "starts_at": event.starts_at, "organiser": str(event.organisation),
        },
        "state": registration.state, "attendance": registration.allotment.attendance, "seats": registration.seats,
        "name": registration.name, "email": registration.email, "companions": registration.companions,
        "answers": _answers(registration, questions),
        "agreed_to_recording": bool(registration.answers.get(RECORDING)),
        "access_needs": registration.access_needs, "catering_needs": registration.catering_needs,
        "language": registration.language, "origin": registration.origin, "note_of_the_organiser": registration.note,
        "reason_of_the_organiser": registration.reason,
        "code": registration.code, "arrived": registration.arrived, "arrived_at": registration.arrived_at,
        "mail_bounced_at": registration.email_bounced_at, "registered_at": registration.created_at,
        "confirmed_at": registration.confirmed_at, "changed_at": registration.changed_at,
        "consent": {"text": consent.text, "given_at": registration.consented_at} if consent else None,
        "deleted_on": event.forgets_on, "needs_deleted_on": event.forgets_needs_on,
    }  # fmt: skip


def _answers(registration: Registration, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Of a question that is no longer asked we keep the answer, but not the words."""
    labels = {question.field: question.label for question in questions}
    fields = [*labels, *registration.answers.keys() - labels.keys() - {RECORDING}]
    return [
        {"question": labels.get(field, field), "answer": registration.answers[field]}
        for field in fields if field in registration.answers
    ]  # fmt: skip


def _spoken(value: Any) -> str:
    match value:
        case True:
            return _("Yes")
        case list():
            return ", ".join(value)
    return str(value)
