"""Writing versions that were decided elsewhere: they come from a file with what was decided on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.docking import plain
from andock.kernel.pagecache.versions import public_transaction

from ..choices import VersionState
from ..models import DecisionRecord, LocalStrategy, Version
from ..models import Run as RunRow
from ..queries import open_run, open_version, strategy_of, strategy_value, version_in_force
from .drafts import next_version
from .states import put_in_force
from .storing import leave_trace, store

if TYPE_CHECKING:
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition

    from ..incoming import IncomingVersion


@public_transaction()
def load_strategy(
    *, organisation: Organisation, versions: list[tuple[Edition, IncomingVersion]], target: Edition | None
) -> bool:
    """Put the versions of a file into force, oldest first, and open a take-over of ``target`` where there is one.

    A strategy that has a version already stays as it is; returns whether anything was written. Raises ``CannotChange``.
    """
    strategy, _is_new = LocalStrategy.objects.get_or_create(
        organisation=organisation, framework=versions[0][0].framework
    )
    if strategy.versions.exists():
        return False
    made = [_load_version(strategy, edition, incoming) for edition, incoming in versions]
    if target:
        _open_run(made[-1], target)
    return True


@public_transaction()
def open_participation(*, organisation: Organisation) -> Version | None:
    """For the demonstration: the next draft, as the version in force reads, in participation.

    A draft that is there already stays as it is; None where there is no such strategy, or its draft is not in participation.
    """
    strategy = strategy_of(organisation)
    current = version_in_force(strategy) if strategy else None
    if strategy is None or current is None or open_run(strategy):
        return None
    if found := open_version(strategy):
        return found if found.state == VersionState.PARTICIPATION else None
    version = next_version(current)
    store(version, strategy_value(current), after=current)
    version.state = VersionState.PARTICIPATION
    version.save()
    leave_trace(actor=None, action="participation_opened", version=version)
    return version


def _load_version(strategy: LocalStrategy, edition: Edition, incoming: IncomingVersion) -> Version:
    version = Version.objects.create(strategy=strategy, edition=edition, **incoming.fields)
    store(version, incoming.strategy)
    version.decisions.filter(element__in=incoming.public_reasons).update(reason_public=True)
    for decided in incoming.records:
        DecisionRecord.objects.create(
            version=version, weight=decided.weight, outcome=decided.outcome, body=decided.body,
            decided_on=decided.decided_on, reference=decided.reference, note=decided.note,
        )  # fmt: skip
    return put_in_force(actor=None, version=version, day=incoming.in_force_on)


def _open_run(source: Version, target: Edition) -> None:
    RunRow.objects.create(
        strategy=source.strategy, source=source, target=target, before=plain.plain(strategy_value(source))
    )
    leave_trace(actor=None, action="run_started", version=source, edition=target.ordinal)
