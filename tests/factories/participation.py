"""Processes, people who take part, and what they say: through the services themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from andock.organisations.models import Organisation
from andock.participation.choices import ContributionKind, ContributionState, PhaseKind, Publication
from andock.participation.models import Contribution, Participant, Phase, Process
from andock.participation.services import contributing
from andock.participation.services.people import Introduction

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
"""When most scenes begin: noon here."""


def process(
    organisation: Organisation,
    *kinds: str,
    starts: datetime = NOW,
    lasts: timedelta = timedelta(days=28),
    **values: Any,
) -> Process:
    """A published process whose phases (ideas, if none is named) begin at once and run side by side."""
    values = {
        "slug": f"verfahren-{Process.objects.count() + 1}", "title": "Grün am Fluss", "summary": "Was fehlt am Ufer?",
        "blueprint": "ideas", "publication": Publication.PUBLISHED, "published_at": starts,
        "contact_email": "amt@example.org",
    } | values  # fmt: skip
    if values["publication"] == Publication.DRAFT:
        values["published_at"] = None
    made = Process.objects.create(organisation=organisation, **values)
    for kind in kinds or (PhaseKind.IDEAS,):
        Phase.objects.create(
            process=made, kind=kind, title=str(PhaseKind(kind).label), starts_at=starts, ends_at=starts + lasts
        )
    return made


def phase(made: Process, kind: str = PhaseKind.IDEAS) -> Phase:
    return made.phases.select_related("process__organisation").get(kind=kind)


def participant(name: str = "Ada", *, now: datetime = NOW, **values: Any) -> Participant:
    """Somebody whose address is confirmed."""
    values = {"email": f"{name.lower()}@example.org", "email_key": f"{name.lower()}@example.org"} | values
    return Participant.objects.create(pseudonym=name, confirmed_at=now, created_at=now, **values)


def said(
    made: Process, text: str = "Mehr Bänke, bitte.", by: Participant | None = None, *, now: datetime = NOW,
    kind: str = ContributionKind.IDEA, **values: Any,
) -> Contribution:  # fmt: skip
    """What a known person has sent; public, unless the process holds back."""
    person = Introduction(known=by or participant(f"Person{Participant.objects.count() + 1}"))
    where = values.pop("in_phase", None) or made.phases.select_related("process__organisation").first()
    return contributing.submit(
        person=person, phase=where, kind=kind, text=text, address=f"/beteiligung/{made.slug}/", now=now,
        request_key=uuid4(), **values,
    )  # fmt: skip


def held(made: Process, text: str = "Mehr Bänke, bitte.", **values: Any) -> Contribution:
    """What waits for a moderator."""
    found = said(made, text, is_doubtful=True, **values)
    assert found.state == ContributionState.HELD
    return found
