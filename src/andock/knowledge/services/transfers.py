"""Transfers as a whole: begun and described at the desk, or read from a region's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.strategy.field_lock import settle

from .. import queries, rules, transfer_sheet
from ..givers import goes_round
from ..models import Solution, Transfer
from . import stages
from .desk import Unfit, content_of, locked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted

    from ..transfer_table import IncomingStage


@public_transaction()
def begin(*, actor: User, solution: Solution, receiver: Organisation, said: Mapping[str, str], today: date) -> Transfer:
    """Write down that somebody takes a solution over, with its first stage. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    transfer = Transfer(solution=solution, receiver=receiver, is_demonstration=solution.is_demonstration)
    rules.may_begin_transfer(actor, transfer).demand()
    _demand_new(transfer)
    transfer.save(force_insert=True)
    _leave_trace(actor, "begun", transfer)
    stages.write(actor, transfer, said, today, act="told")
    return transfer


@public_transaction()
def describe(*, actor: User, transfer: Transfer, fields: Mapping[str, Submitted]) -> dict[str, Conflict]:
    """Say what is true of it as a whole; returns the fields somebody else changed. Raises ``Denied`` or ``Unfit``."""
    transfer = stages.held(transfer)
    rules.may_describe_transfer(actor, transfer).demand()
    saved, before = transfer_sheet.read(transfer), content_of(transfer)
    changes, conflicts = settle(saved, fields)
    if changes:
        transfer_sheet.put(transfer, saved | changes)
        _demand_source(transfer)
        transfer.save()
        _leave_trace(actor, "described", transfer, before)
    return conflicts


def _demand_new(transfer: Transfer) -> None:
    """Raise ``Unfit`` where it is there already, or leads from somebody to itself."""
    if Transfer.objects.filter(solution=transfer.solution, receiver=transfer.receiver).exists():
        told = _("%s takes this solution over already. Please look it up under “Take-overs” and write the next stage there.")  # fmt: skip
        raise Unfit([("solution", told % transfer.receiver)])
    _demand_source(transfer)


def _demand_source(transfer: Transfer) -> None:
    receiver, giver = transfer.receiver, transfer.from_whom
    if giver == receiver:
        field = "giver" if transfer.giver_id else "receiver"
        raise Unfit([(field, _("Nobody takes a solution over from itself. Please choose somebody else."))])
    givers = queries.givers_by_solution([transfer.solution_id])[transfer.solution_id]
    if goes_round(givers, receiver.pk, giver.pk):
        raise Unfit([("giver", in_a_circle(receiver, giver))])


def in_a_circle(receiver: Organisation, giver: Organisation) -> str:
    words = {"giver": giver, "receiver": receiver}
    return _("That would go round in a circle: %(giver)s has the solution from %(receiver)s, directly or through others. Please choose where it really comes from.") % words  # fmt: skip


def _leave_trace(actor: User, act: str, transfer: Transfer, before: object = None) -> None:
    record(
        actor=actor, action=f"knowledge.transfer_{act}", thing=transfer, organisation=transfer.receiver,
        before=before, after=content_of(transfer), data={"solution": transfer.solution.slug},
    )  # fmt: skip
    bump("solutions")


# --- from a file ------------------------------------------------------------------------------------------------------
@public_transaction()
def load_transfers(*, found: Sequence[IncomingStage]) -> tuple[int, list[IncomingStage]]:
    """Write the stages that are not here yet; those that are stay as they are.

    Returns how many are new, and those left out because on the site another row stands for the one they replace.
    """
    _hold({incoming.transfer.solution_id for incoming in found})
    ids, there, replaced = queries.stage_ids(), queries.transfers_by_ends(), queries.replaced_stages()
    new, left_out = 0, []
    for incoming in (one for one in found if one.stage.code not in ids):
        replaces = ids.get(incoming.replaces)
        if incoming.replaces and (replaces is None or replaces in replaced):
            left_out.append(incoming)
            continue
        stage = incoming.stage
        stage.transfer, stage.replaces_id = _kept(incoming.transfer, there), replaces
        stage.save(force_insert=True)
        ids[stage.code] = stage.pk
        new += 1
    if new:
        bump("solutions")
    return new, left_out


def _hold(solutions: set[UUID]) -> None:
    """Nobody else tells of these meanwhile; in one order, so that two never wait for each other."""
    list(Solution.objects.select_for_update(no_key=True).filter(pk__in=solutions).order_by("pk"))


def _kept(transfer: Transfer, there: dict[tuple[UUID, int], Transfer]) -> Transfer:
    """The transfer that is here already between the same two, else this one, written."""
    ends = transfer.solution_id, transfer.receiver_id
    if ends not in there:
        transfer.save(force_insert=True)
        there[ends] = transfer
    return there[ends]
