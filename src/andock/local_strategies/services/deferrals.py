"""What was put off opens again on its day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from andock.docking.local import UNDECIDED

from .. import notices
from ..choices import DecisionState
from ..queries import Due, decision_value, due_deferrals, open_run, strategies_with_deferrals, working_version
from .storing import leave_trace, locked_strategy, write_decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..models import LocalStrategy, Version


def reopen_due(*, today: date) -> int:
    """Open everything put off until ``today`` or before; returns in how many strategies something is due.

    Every office is told once for each day things were put off to. A second call changes and sends nothing more.
    """
    return sum(reopen_of(strategy, today=today) for strategy in strategies_with_deferrals())


@transaction.atomic
def reopen_of(strategy: LocalStrategy, *, today: date) -> bool:
    """Elements of an open draft become undecided; what is in force stays as it is and waits for a new draft."""
    strategy = locked_strategy(strategy)
    version = working_version(strategy)
    due = due_deferrals(version, today) if version else []
    for day, found in _by_day(due).items():
        notices.tell_of_deferrals(strategy, day, found)
    if version and version.is_editable and not open_run(strategy):
        _reopen(version, today)
    return bool(due)


def _by_day(due: Iterable[Due]) -> dict[date, list[Due]]:
    days = defaultdict(list)
    for found in due:
        days[found.until].append(found)
    return days


def _reopen(version: Version, today: date) -> None:
    """The reason of then stays readable beside the open question."""
    rows = list(version.decisions.filter(state=DecisionState.DEFERRED, until__lte=today))
    for row in rows:
        write_decision(row, replace(decision_value(row), state=UNDECIDED, until=""))
    if rows:
        version.save(update_fields=["changed_at"])
        leave_trace(actor=None, action="deferral_ended", version=version, elements=len(rows))
