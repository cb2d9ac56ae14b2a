"""Everything we keep about somebody who takes part, as plain values to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.kernel.modules import personal

from . import queries
from .models import Involvement

if TYPE_CHECKING:
    from .models import Contribution, Participant


def own_data(participant: Participant) -> dict[str, Any]:
    involved = Involvement.objects.filter(participant=participant).select_related("phase__process", "municipality")
    return {
        "email": participant.email,
        "pseudonym": participant.pseudonym,
        "language": participant.language,
        "known_since": participant.created_at.isoformat(),
        "confirmed_at": participant.confirmed_at and participant.confirmed_at.isoformat(),
        "took_part_in": [
            {
                "process": row.phase.process.title, "phase": row.phase.title, "since": row.began_at.isoformat(),
                "age_band": row.age_band, "municipality": row.municipality.name if row.municipality else "",
            }
            for row in involved
        ],
        "residence_proved": [
            {"process": one.process.title, "way": one.way, "on": one.proved_on.isoformat()}
            for one in queries.residence_proofs_of(participant)
        ],
        "codes_to_be_confirmed": [
            {"process": one.code.process.title, "typed_at": one.typed_at.isoformat()}
            for one in queries.typed_codes_of(participant)
        ],
        "contributions": [_contribution(one) for one in queries.contributions_by(participant)],
    } | {kept.name: kept.export(participant) for kept in personal()}  # fmt: skip


def _contribution(one: Contribution) -> dict[str, Any]:
    answered = getattr(one, "answered", None)
    return {
        "number": one.pk, "process": one.process.title, "kind": one.kind, "state": one.state, "about": one.about,
        "title": one.title, "text": one.text, "sent_at": one.sent_at.isoformat(),
        "answer": {"stance": answered.response.stance, "reason": answered.response.reason} if answered else None,
        "decisions": [
            {
                "verdict": done.verdict, "reason": done.reason, "words": done.text,
                "decided_at": done.decided_at.isoformat(), "objection": done.objection,
            }
            for done in one.decisions.all()
        ],
    }  # fmt: skip
