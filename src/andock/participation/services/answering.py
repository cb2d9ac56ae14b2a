"""Official answers: to one contribution or many, with a reason; handed over with a day to answer by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.modules import announce
from andock.kernel.pagecache.versions import bump, public_transaction

from .. import queries, rules
from ..models import Answered, Contribution, Response
from .contributing import told

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from andock.accounts.models import User
    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation

    from ..models import Process


class Unfit(ValueError):
    """What was asked does not fit; the text says why and what to do."""


@public_transaction()
def answer(
    *, actor: User, process: Process, office: Organisation, contribution_ids: Collection[int], stance: str, reason: str,
    now: datetime, forwarded_to: str = "", **change: Any,
) -> Response:  # fmt: skip
    """Answer contributions of one process in one act; an earlier answer to one of them gives way.

    ``change``: ``element`` (or ``own_passage``) and ``edition`` or ``version``, where something was changed. Raises ``Denied`` or ``Unfit``.
    """
    found = _chosen(process, contribution_ids)
    for contribution in found:
        rules.may_respond(actor, contribution).demand()
    _refuse_foreign(office, change.get("version"))
    changes_something = bool(change.get("element_id") or change.get("element") or change.get("own_passage"))
    gives_way = Response.objects.filter(contributions__in=found)
    if changes_something or gives_way.filter(queries.CHANGES).exists():
        bump("contributions")  # pages of passages, which say how many contributions changed them
    response = Response.objects.create(
        process=process, office=office, stance=stance, reason=reason, forwarded_to=forwarded_to, given_by=actor,
        given_at=now, **change,
    )  # fmt: skip
    Answered.objects.filter(contribution__in=found).delete()
    Answered.objects.bulk_create(Answered(response=response, contribution=contribution) for contribution in found)
    for contribution in found:
        told(contribution)
    announce("participation.answered", process_id=process.pk)
    record(
        actor=actor, action="participation.answered", thing=response, organisation=office,
        data={"contributions": len(found), "stance": stance},
    )  # fmt: skip
    return response


@transaction.atomic
def assign(
    *, actor: User, process: Process, office: Organisation, contribution_ids: Collection[int], assignee: User | None,
    due_on: date | None,
) -> int:  # fmt: skip
    """Hand contributions over to a colleague, with a day to answer by; returns how many. Raises ``Denied`` or ``Unfit``."""
    found = _chosen(process, contribution_ids)
    for contribution in found:
        rules.may_respond(actor, contribution).demand()
    Contribution.objects.filter(pk__in=[one.pk for one in found]).update(assignee=assignee, due_on=due_on)
    record(
        actor=actor, action="participation.assigned", thing=process, organisation=office,
        data={"contributions": len(found), "due_on": due_on.isoformat() if due_on else None},
    )  # fmt: skip
    return len(found)


def _refuse_foreign(office: Organisation, version: Version | None) -> None:
    """What stands in a local strategy its own municipality changes and nobody else."""
    if version and version.strategy.organisation_id != office.pk:
        raise Unfit(
            _(
                "This passage stands in the local strategy of %(town)s, which %(office)s cannot change. Name one of yours."
            )
            % {"town": version.strategy.organisation, "office": office}
        )


def _chosen(process: Process, contribution_ids: Collection[int]) -> list[Contribution]:
    found = queries.contributions_of(process).filter(pk__in=contribution_ids).select_related("process__organisation", "office")  # fmt: skip
    chosen = list(found.select_for_update(of=("self",), no_key=True))
    if not chosen:
        raise Unfit(_("Nothing was chosen. Please tick the contributions first."))
    return chosen
