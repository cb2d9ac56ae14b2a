"""Personal data go when their time is over, or when somebody asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce, Now

from andock.audit.services import record
from andock.kernel.modules import personal
from andock.kernel.pagecache.versions import public_transaction
from andock.notifications.queries import readable_messages
from andock.notifications.services import forget_messages
from andock.organisations.queries import the_region

from .. import queries
from ..addresses import message_keys
from ..choices import KEEP_UNCONFIRMED, SENT, ContributionState
from ..models import Contribution, Decision, Participant, Report, TypedCode, WrongCode
from .contributing import empty, told

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

KEEP_INACTIVE = timedelta(days=730)
"""Somebody who has done nothing for two years is forgotten; what they said stays without a name."""
A_DAY = timedelta(days=1)
FORGOTTEN = "–"
"""Stands where an objection was."""


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
def erase(*, participant: Participant, keeps_words: bool) -> None:
    """Delete somebody. ``keeps_words``: what they said stays without a name, else it goes. They stay counted."""
    _erase(participant.pk, keeps_words=keeps_words)
    if region := the_region():
        record(
            actor=None, action="participation.erased", thing=region, organisation=region.organisation,
            data={"keeps_words": keeps_words},
        )  # fmt: skip


def _erase(participant_id: UUID, *, keeps_words: bool) -> None:
    own = Contribution.objects.filter(participant=participant_id).select_related("process")
    own.filter(state=ContributionState.UNCONFIRMED).delete()
    for contribution in own.filter(state__in=SENT):
        was_public = contribution.is_public
        if not keeps_words:
            empty(contribution)
        if was_public:
            told(contribution)
    _forget_objections(participant_id)
    for kept in personal():
        kept.erase(participant_id, keeps_words=keeps_words)
    written = readable_messages().filter(key__startswith=message_keys(participant_id))
    forget_messages(keys=list(written.values_list("key", flat=True)))
    Participant.objects.filter(pk=participant_id).delete()


def _forget_objections(participant_id: UUID) -> None:
    """That somebody objected stays in the log, what they wrote to us does not; nobody is left who waits for an answer."""
    made = Decision.objects.filter(contribution__participant=participant_id).exclude(objection="")
    made.update(objection=FORGOTTEN, settled_at=Coalesce("settled_at", Now()))
