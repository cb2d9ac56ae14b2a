"""Checking what people send: reported, shown or hidden with a reason, objected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction

from .. import mail, rules
from ..choices import ContributionState, Verdict
from ..models import Contribution, Decision, Report
from .contributing import told_of_it_all

if TYPE_CHECKING:
    from datetime import datetime

    from andock.accounts.models import User

    from ..models import Participant

MOST_REPORTS = 20
"""So many open reports of one contribution are kept; more say nothing new."""


@transaction.atomic
def report(*, contribution: Contribution, reason: str, text: str, origin_hash: str, now: datetime) -> None:
    """Somebody says that it should not stand there; from one place once. What is not public cannot be reported."""
    rules.may_see_contribution(AnonymousUser(), contribution).demand()
    reports = Report.objects.filter(contribution=contribution, settled_at=None)
    if reports.count() < MOST_REPORTS and not reports.filter(origin_hash=origin_hash).exclude(origin_hash="").exists():
        Report.objects.create(
            contribution=contribution, reason=reason, text=text, origin_hash=origin_hash, reported_at=now
        )


@public_transaction()
def decide(
    *, actor: User, contribution: Contribution, verdict: str, reason: str = "", text: str = "", now: datetime
) -> Decision:
    """Show or hide a contribution; its author is told, what was reported or objected is settled. Raises ``Denied``."""
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True)
    contribution = rows.select_related("process__organisation", "office", "participant").get(pk=contribution.pk)
    rules.may_decide(actor, contribution).demand()
    was = contribution.state
    is_shown = verdict == Verdict.SHOWN
    contribution.state = ContributionState.PUBLIC if is_shown else ContributionState.HIDDEN
    contribution.published_at = contribution.published_at or (now if is_shown else None)
    contribution.save(update_fields=["state", "published_at"])
    had_objection = contribution.decisions.filter(settled_at=None).exclude(objection="").update(settled_at=now)
    contribution.reports.filter(settled_at=None).update(settled_at=now, origin_hash="")
    decision = Decision.objects.create(
        contribution=contribution, office=contribution.office, verdict=verdict, reason="" if is_shown else reason,
        text=text, decided_by=actor, decided_at=now,
    )  # fmt: skip
    if was != contribution.state or had_objection:
        mail.say_decided(decision)
    if ContributionState.PUBLIC in {was, contribution.state}:
        told_of_it_all(contribution)
    action = f"participation.{'shown' if is_shown else 'hidden'}"
    record(actor=actor, action=action, thing=contribution, organisation=contribution.office, data={"reason": decision.reason})  # fmt: skip
    return decision


@transaction.atomic
def object_to(*, participant: Participant, decision: Decision, text: str, now: datetime) -> None:
    """The author says why it should be shown after all; it comes back into the queue. Raises ``Denied``."""
    decision = Decision.objects.select_for_update(of=("self",), no_key=True).select_related("contribution").get(pk=decision.pk)  # fmt: skip
    rules.may_object(participant, decision).demand()
    decision.objection, decision.objected_at = text, now
    decision.save(update_fields=["objection", "objected_at"])
