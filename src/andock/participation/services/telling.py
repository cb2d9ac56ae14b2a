"""Jobs that tell people: authors of their answers, moderators of what waits; and other modules when a phase begins or ends.

Each once, and all together.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from andock.kernel.modules import announce
from andock.organisations.queries import organisations

from .. import mail, queries
from ..models import Answered, Contribution, Participant, Report

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

STEP = 200
"""So many people are told before other jobs have their turn."""
A_DAY = timedelta(days=1)
SOON = timedelta(days=3)
"""So long before its end a phase is told of once more; a day without workers does not matter."""


def tell_authors(*, now: datetime) -> int:
    """Tell everybody who has new answers, one mail each; returns how many mails were written."""
    people = queries.untold_answers().values_list("contribution__participant", flat=True).distinct()[:STEP]
    return sum(_tell_author(participant_id, now) for participant_id in list(people))


@transaction.atomic
def _tell_author(participant_id: UUID, now: datetime) -> bool:
    participant = Participant.objects.select_for_update(no_key=True).filter(pk=participant_id).first()
    waiting = queries.untold_answers().filter(contribution__participant=participant).order_by("pk")
    answered = list(waiting) if participant else []
    if not answered or participant is None:
        return False
    mail.say_answered(participant, answered)
    Answered.objects.filter(pk__in=[one.pk for one in answered]).update(told_at=now)
    return True


@transaction.atomic
def tell_moderators(*, now: datetime) -> None:
    """One mail to each office whose queue has grown since the last."""
    new: defaultdict[int, set[int]] = defaultdict(set)
    held = queries.untold_in_queue()
    for pk, office_id in held.values_list("pk", "office"):
        new[office_id].add(pk)
    reports = queries.untold_reports()
    for contribution_id, office_id in reports.values_list("contribution", "contribution__office"):
        new[office_id].add(contribution_id)
    for organisation in organisations().filter(pk__in=new):
        mail.tell_moderators(organisation, len(new[organisation.pk]), key=f"participation-queue-{organisation.pk}-{int(now.timestamp())}")  # fmt: skip
    Contribution.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(told_moderators_at=now)
    Report.objects.filter(pk__in=list(reports.values_list("pk", flat=True))).update(told_moderators_at=now)


@transaction.atomic
def announce_phases(*, now: datetime) -> None:
    """Say again and again for a day that a phase has begun or ends soon; whoever listens tells it once, since that moment."""
    for phase in queries.phases_begun(now - A_DAY, now):
        announce("participation.phase_opened", process_id=phase.process_id, since=phase.starts_at.isoformat())
    for phase in queries.phases_ending(now + SOON - A_DAY, now + SOON):
        since = phase.ends_at - SOON
        announce("participation.phase_closing", process_id=phase.process_id, since=since.isoformat())
