"""Being for an idea, once, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.participation.services import people, residence

from .. import queries, rules
from ..models import Support

if TYPE_CHECKING:
    from datetime import datetime

    from andock.participation.models import Participant, Process

    from ..models import Idea


@public_transaction()
def support(*, participant: Participant, idea: Idea, now: datetime, code: str = "") -> None:
    """Count somebody for an idea; repeated, it changes nothing. Raises ``Denied``, or ``CodeRefused`` where one is needed."""
    idea = queries.locked(idea)
    rules.may_support(None, idea, now).demand()
    process = idea.contribution.process
    if Support.objects.filter(idea=idea, participant=participant).exists():
        return
    residence.prove(participant=participant, process=process, code=code, now=now)
    Support.objects.bulk_create([Support(idea=idea, participant=participant, supported_at=now)], ignore_conflicts=True)
    phase = rules.support_phase(process)
    assert phase is not None, "Whoever may support has a phase."
    people.count_in(participant, phase, now)
    changed(process)


@public_transaction()
def take_back(*, participant: Participant, idea: Idea, now: datetime) -> None:
    """Not for it any more. Raises ``Denied``: when the phase is over, the count stands."""
    idea = queries.locked(idea)
    rules.may_support(None, idea, now).demand()
    Support.objects.filter(idea=idea, participant=participant).delete()
    changed(idea.contribution.process)


def changed(process: Process) -> None:
    """Readers see other ideas or numbers. Runs in a public transaction."""
    bump(f"ideas:{process.slug}")
