"""Personal data go when their time is over, or when somebody asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andock.audit.services import record
from andock.kernel.modules import personal
from andock.kernel.pagecache.versions import public_transaction
from andock.notifications.queries import readable_messages
from andock.notifications.services import forget_messages
from andock.organisations.queries import the_region

from .. import queries
from ..addresses import message_keys
from ..choices import KEEP_UNCONFIRMED, SENT, ContributionState
from ..digests import of_address
from ..models import Contribution, Departure, Participant, Report, TypedCode, WrongCode
from .contributing import empty, silence, told_of_it_all

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

KEEP_INACTIVE = timedelta(days=730)
"""Somebody who has done nothing for two years is forgotten; what they said stays without a name."""
A_DAY = timedelta(days=1)


def due(now: datetime) -> dict[str, int]:
    """How many rows ``forget_due`` would delete or strip, by what: the dry run."""
    return {name: rows.count() for name, rows in (_due(now) | _due_in_tools(now)).items()}


def _due(now: datetime) -> dict:
    return {
        "unconfirmed contributions": Contribution.objects.filter(
            state=ContributionState.UNCONFIRMED, sent_at__lt=now - KEEP_UNCONFIRMED
        ),
        "unconfirmed people": queries.never_confirmed(now - KEEP_UNCONFIRMED),
        "inactive people": Participant.objects.filter(active_on__lt=(now - KEEP_INACTIVE).date()),
        "places on the network": Contribution.objects.exclude(origin_hash="").filter(sent_at__lt=now - A_DAY),
        "places of reports": Report.objects.exclude(origin_hash="").filter(reported_at__lt=now - A_DAY),
        "typed codes": TypedCode.objects.filter(typed_at__lt=now - KEEP_UNCONFIRMED),
        "departures": Departure.objects.filter(phase__ends_at__lt=now - A_DAY),
        "wrong codes": WrongCode.objects.filter(typed_at__lt=now - A_DAY),
    }


def _due_in_tools(now: datetime) -> dict:
    return {name: rows for kept in personal() for name, rows in kept.due(now).items()}


@public_transaction()
def forget_due(*, now: datetime) -> dict[str, int]:
    """Delete what is over; returns how many rows, by what. Repeated, it does nothing."""
    rows, in_tools = _due(now), _due_in_tools(now)
    counts = {name: found.count() for name, found in (rows | in_tools).items()}
    for found in in_tools.values():
        found.delete()
    rows["unconfirmed contributions"].delete()
    rows["typed codes"].delete()
    rows["wrong codes"].delete()
    rows["departures"].delete()
    rows["places on the network"].update(origin_hash="")
    rows["places of reports"].update(origin_hash="")
    for name in ("unconfirmed people", "inactive people"):
        for participant_id in list(rows[name].values_list("pk", flat=True)):
            _erase(participant_id, keeps_words=True)
    if any(counts.values()) and (region := the_region()):
        record(
            actor=None, action="participation.forgotten", thing=region, organisation=region.organisation,
            data={name.replace(" ", "_"): number for name, number in counts.items() if number},
        )  # fmt: skip
    return counts


@public_transaction()
def erase(*, participant: Participant, keeps_words: bool, now: datetime | None = None) -> None:
    """Delete somebody. ``keeps_words``: what they said stays without a name, else it goes.

    They stay counted. In phases that run still, a digest of their address says so until the end: else they could come back
    and count once more.
    """
    _depart(participant, now or timezone.now())
    _erase(participant.pk, keeps_words=keeps_words)
    if region := the_region():
        record(
            actor=None, action="participation.erased", thing=region, organisation=region.organisation,
            data={"keeps_words": keeps_words},
        )  # fmt: skip


def _depart(participant: Participant, now: datetime) -> None:
    """For a day longer than the phase: so long what was sent in time can be confirmed."""
    running = queries.involvements_of(participant.pk).filter(confirmed_at__isnull=False, phase__ends_at__gt=now - A_DAY)
    gone = [Departure(phase=one.phase, digest=of_address(one.phase_id, participant.email_key)[0]) for one in running]
    Departure.objects.bulk_create(gone, ignore_conflicts=True)


def _stay_counted(participant_id: UUID) -> None:
    """In each phase, and in each process as one person."""
    seen: set[int] = set()
    for one in queries.involvements_of(participant_id).filter(confirmed_at__isnull=False):
        if one.phase.process_id in seen:
            one.is_again = True
            one.save(update_fields=["is_again"])
        seen.add(one.phase.process_id)


def _erase(participant_id: UUID, *, keeps_words: bool) -> None:
    _stay_counted(participant_id)
    own = Contribution.objects.filter(participant=participant_id).select_related("process")
    own.filter(state=ContributionState.UNCONFIRMED).delete()
    for contribution in own.filter(state__in=SENT):
        was_public = contribution.is_public
        if keeps_words:
            silence(contribution)
        else:
            empty(contribution)
        if was_public:
            told_of_it_all(contribution)
    for kept in personal():
        kept.erase(participant_id, keeps_words=keeps_words)
    written = readable_messages().filter(key__startswith=message_keys(participant_id))
    forget_messages(keys=list(written.values_list("key", flat=True)))
    Participant.objects.filter(pk=participant_id).delete()
