"""Writing down who takes part: dock, better the basis, pause, resume, end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.modules import announce
from andock.kernel.pagecache.versions import bump, public_transaction

from .. import rules
from ..admission import obstacles
from ..choices import DockingRole, PeriodEnding
from ..models import Docking, DockingPeriod

if TYPE_CHECKING:
    from datetime import date

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from ..models import Framework

LONGEST_NOTICE = timedelta(days=366)


class CannotDock(Exception):
    """The act does not fit what the register says; the message says why and what to do."""


@public_transaction()
def dock(
    *, actor: User, organisation: Organisation, framework: Framework, basis: str, day: date, source: str
) -> DockingPeriod:
    """Begin to take part, come back, or go on upon a better basis: one act, told apart by what stands there.

    The role stays what it was; whoever is new participates. Raises ``Denied`` or ``CannotDock``.
    """
    rules.may_record_docking(actor, framework).demand()
    docking = _locked(organisation, framework)
    if found := obstacles(organisation, framework, basis, day):
        raise CannotDock(" ".join(sentence for _place, sentence in found))
    last = _last(docking)
    if last and not last.until_text:
        _end(last, day, PeriodEnding.UPGRADED)
    role = last.role if last else DockingRole.PARTICIPATING
    period = _begin(docking, day, role=role, basis=basis, source=source)
    _leave_trace(actor, "docked", docking, role=role, basis=basis, since=day.isoformat())
    if last is None or last.ending != PeriodEnding.UPGRADED:
        announce("strategy.docked", organisation_id=organisation.pk)
    return period


@public_transaction()
def leave(
    *, actor: User, organisation: Organisation, framework: Framework, ending: str, day: date, reason: str = ""
) -> None:
    """Pause or end on ``day``, the first day that no longer counts. Raises ``Denied`` or ``CannotDock``."""
    rules.may_leave(actor, organisation).demand()
    docking = _locked(organisation, framework)
    last = _last(docking)
    if last and ending == PeriodEnding.ENDED and last.ending == PeriodEnding.PAUSED:
        last.ending = ending
        last.save(update_fields=["ending"])
    else:
        _end(_running(last, organisation), _checked_last_day(last, day), ending)
    _leave_trace(actor, str(ending), docking, reason=reason, until=day.isoformat())


@public_transaction()
def resume(*, actor: User, organisation: Organisation, framework: Framework, day: date) -> DockingPeriod:
    """Take part again after a pause, in the same role on the same basis. Raises ``Denied`` or ``CannotDock``."""
    rules.may_leave(actor, organisation).demand()
    docking = _locked(organisation, framework)
    last = _last(docking)
    if last is None or last.ending != PeriodEnding.PAUSED or last.until_latest is None:
        raise CannotDock(_("%s does not pause, so there is nothing to resume.") % organisation)
    if not last.until_latest <= day <= localdate():
        raise CannotDock(_("Choose a day between the beginning of the pause and today."))
    period = _begin(
        docking, day, role=last.role, basis=last.basis, source=last.source, verified=last.verified, note=last.note
    )
    _leave_trace(actor, "resumed", docking, since=day.isoformat())
    return period


def _locked(organisation: Organisation, framework: Framework) -> Docking:
    """The record of this organisation, its row locked to the end of the transaction."""
    docking, _made = Docking.objects.get_or_create(organisation_id=organisation.pk, framework=framework)
    return Docking.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=docking.pk)


def _last(docking: Docking) -> DockingPeriod | None:
    return docking.periods.last()


def _running(last: DockingPeriod | None, organisation: Organisation) -> DockingPeriod:
    if last is None or last.until_text:
        raise CannotDock(_("%s does not take part at the moment, or its end is noted already.") % organisation)
    return last


def _checked_last_day(last: DockingPeriod | None, day: date) -> date:
    if last and day <= last.since_latest:
        raise CannotDock(_("Docked since %s. Choose a later day.") % last.since)
    if day > localdate() + LONGEST_NOTICE:
        raise CannotDock(_("This day is more than a year ahead. Choose an earlier one, or come back later."))
    return day


def _begin(docking: Docking, day: date, **values: object) -> DockingPeriod:
    return DockingPeriod.objects.create(
        docking=docking, since_text=day.isoformat(), since_earliest=day, since_latest=day, **values
    )


def _end(period: DockingPeriod, day: date, ending: str) -> None:
    period.until_text, period.until_earliest, period.until_latest = day.isoformat(), day, day
    period.ending = ending
    period.save(update_fields=["until_text", "until_earliest", "until_latest", "ending"])


def _leave_trace(actor: User, act: str, docking: Docking, reason: str = "", **data: str) -> None:
    record(
        actor=actor,
        action=f"strategy.{act}",
        thing=docking,
        organisation=docking.organisation,
        reason=reason,
        data=data,
    )
    bump("strategy")
