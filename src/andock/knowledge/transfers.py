"""Transfers as pages show them: the stages of the table as plain rows, and what each transfer has reached."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .choices import Stage
from .course import ORDER
from .figures import Told, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from .models import Solution, TransferStage


def replaced_on(stage: TransferStage) -> date | None:
    """From when on another row stands for it."""
    return stage.replaced_by.recorded_on if stage.is_replaced else None


def told(stage: TransferStage) -> Told:
    """The row the figures are made of."""
    transfer = stage.transfer
    return Told(
        solution=str(transfer.solution_id), receiver=transfer.receiver.key, stage=stage.stage, when=stage.date,
        is_confirmed=stage.is_confirmed, recorded_on=stage.recorded_on, replaced_on=replaced_on(stage), key=str(stage.pk),
    )  # fmt: skip


def lines_on(stages: Iterable[TransferStage], known: Sequence[Told], day: date) -> list[TransferStage]:
    """The stage each transfer had reached on ``day``, in the order of ``stages``."""
    last = {row.key for row in reached(known, day).values()}
    return [stage for stage in stages if str(stage.pk) in last]


def farthest(stages: Iterable[TransferStage]) -> list[TransferStage]:
    """Of each transfer the row that stands and leads farthest, in the order of ``stages``; retracted where none else is."""
    found: dict[UUID, TransferStage] = {}
    for stage in (stage for stage in stages if not stage.is_replaced):
        before = found.setdefault(stage.transfer_id, stage)
        if _rank(stage) >= _rank(before):
            found[stage.transfer_id] = stage
    return list(found.values())


def _rank(stage: TransferStage) -> tuple[bool, date, int]:
    """What never happened comes first; then by date."""
    return stage.stage != Stage.RETRACTED, stage.last_day, ORDER[Stage(stage.stage)]


def under_solutions(stages: Iterable[TransferStage]) -> list[tuple[Solution, list[TransferStage]]]:
    """The stages under the solutions they belong to; they must stand in that order."""
    groups = groupby(stages, key=lambda stage: stage.transfer.solution)
    return [(solution, list(those)) for solution, those in groups]
