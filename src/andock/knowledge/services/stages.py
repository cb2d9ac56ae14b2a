"""Telling how far a transfer is: rows are added and never changed. Whoever was wrong adds one that replaces.

``said`` is what somebody says: ``stage``, ``date_text``, ``source``, ``note``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.audit.services import record
from andock.kernel.modules import announce
from andock.kernel.pagecache.versions import bump, public_transaction

from .. import rules
from ..choices import Stage
from ..course import Step, objection
from ..models import Transfer, TransferStage
from .desk import Unfit, content_of, locked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from andock.accounts.models import User


@public_transaction()
def tell(*, actor: User, transfer: Transfer, said: Mapping[str, str], today: date) -> TransferStage:
    """Add a stage. Raises ``Denied`` or ``Unfit``."""
    transfer = held(transfer)
    rules.may_tell_of(actor, transfer).demand()
    return write(actor, transfer, said, today, act="told")


@public_transaction()
def confirm(*, actor: User, stage: TransferStage, said: Mapping[str, str], today: date) -> TransferStage:
    """The receiver says that a reported row is true, perhaps with a better date. Raises ``Denied`` or ``Unfit``."""
    stage = _held_stage(stage)
    rules.may_confirm_stage(actor, stage).demand()
    return write(actor, stage.transfer, {**said, "stage": stage.stage}, today, act="confirmed", replaces=stage)


@public_transaction()
def correct(*, actor: User, stage: TransferStage, said: Mapping[str, str], today: date) -> TransferStage:
    """Say it anew, or that it never happened. Raises ``Denied`` or ``Unfit``."""
    stage = _held_stage(stage)
    rules.may_correct_stage(actor, stage).demand()
    return write(actor, stage.transfer, said, today, act="corrected", replaces=stage)


def held(transfer: Transfer) -> Transfer:
    """The transfer as it is now, for one writer at a time among all of its card."""
    locked(transfer.solution)
    return Transfer.objects.select_related("solution__organisation", "receiver", "giver").get(pk=transfer.pk)


def write(
    actor: User,
    transfer: Transfer,
    said: Mapping[str, str],
    today: date,
    *,
    act: str,
    replaces: TransferStage | None = None,
) -> TransferStage:
    """Add the row; it counts as confirmed where the receiver itself says so. Raises ``Unfit``."""
    is_confirmed = rules.speaks_for(actor, transfer.receiver)
    row = TransferStage(transfer=transfer, is_confirmed=is_confirmed, recorded_on=today, replaces=replaces, **said)
    row.put_days()
    _demand_fit(row, today)
    row.save(force_insert=True)
    record(
        actor=actor, action=f"knowledge.stage_{act}", thing=row, organisation=transfer.receiver,
        before=content_of(replaces) if replaces else None, after=content_of(row),
        data={"solution": transfer.solution.slug, "stage": row.stage, "date": row.date_text},
    )  # fmt: skip
    bump("solutions")
    if row.stage != Stage.RETRACTED:
        announce("knowledge.taken_over", solution_id=str(transfer.solution_id))
    return row


def _held_stage(stage: TransferStage) -> TransferStage:
    transfer = held(stage.transfer)
    found = TransferStage.objects.select_related("replaced_by").get(pk=stage.pk)
    found.transfer = transfer
    return found


def _demand_fit(row: TransferStage, today: date) -> None:
    standing = TransferStage.objects.filter(transfer=row.transfer_id, replaced_by=None).exclude(stage=Stage.RETRACTED)
    others = standing.exclude(pk=row.replaces_id) if row.replaces_id else standing
    field, sentence = objection([Step(one.stage, one.date) for one in others], Step(row.stage, row.date), today)
    if sentence:
        raise Unfit([(field, sentence)])
