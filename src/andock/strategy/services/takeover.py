"""What becomes of the docking when one organisation follows another.

A successor takes over nothing by itself: the agency says so in the act that records the succession. (What becomes of a
local strategy the successor says itself, when it begins its own: the region never touches a local text.) Either way the
predecessors' periods end on the day from which the register counts the successor, so nobody is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from andock.audit.services import record
from andock.kernel.dates import parse_date
from andock.kernel.pagecache.versions import SITE, bump, public_transaction
from andock.organisations.choices import SuccessionKind
from andock.organisations.services.register import record_successions

from .. import queries, rules
from ..choices import AfterSuccession, DockingBasis, DockingRole, PeriodEnding
from ..models import Docking, DockingPeriod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date as day_type

    from andock.accounts.models import User
    from andock.organisations.models import Organisation, Succession

RANKS = {role: rank for rank, role in enumerate(DockingRole.values)}


@dataclass(frozen=True, slots=True)
class Followed:
    """What an act of succession did: new acts, periods it ended, periods it began. All empty when done before."""

    acts: list[Succession]
    ended: list[DockingPeriod]
    begun: list[DockingPeriod]

    def __bool__(self) -> bool:
        return bool(self.acts or self.ended or self.begun)


@public_transaction()
def follow(
    *, actor: User | None, predecessors: Iterable[Organisation], successor: Organisation, kind: str, date: str,
    docking: str, source: str = "",
) -> Followed:  # fmt: skip
    """Record that ``successor`` follows ``predecessors`` from a date on, and what becomes of their docking.

    ``actor`` is None for the command line. Doing the same again changes nothing. Raises ``Denied``, or
    ``ValidationError`` with a sentence where the act contradicts what is recorded or there is nothing to take over.
    """
    predecessors = sorted(predecessors, key=lambda predecessor: predecessor.name)
    acts = record_successions(
        actor=actor, predecessors=predecessors, successor=successor, kind=kind, date=date, source=source
    )
    from_day = parse_date(date).latest
    _refuse_later(predecessors, from_day)
    if kind != SuccessionKind.ABSORBED:
        _refuse_not_new(successor, from_day)
    lasting = queries.periods_until(predecessors, from_day)
    _demand(actor, lasting)
    begun = []
    if docking == AfterSuccession.TAKEN_OVER:
        begun = _take_over(lasting, successor, from_day, date=date.strip(), source=source)
    ended = _end(lasting, from_day, date.strip())
    _leave_trace(actor, ended, begun)
    return Followed(acts, ended, begun)


@transaction.atomic
def rehearse(*, look: Callable[[], object], **act: object) -> Followed:
    """What ``follow`` would do: done, looked at, and taken back. Raises as it does."""
    followed = follow(**act)  # type: ignore[arg-type]
    look()
    transaction.set_rollback(True)
    return followed


def _demand(actor: User | None, periods: Iterable[DockingPeriod]) -> None:
    if actor:
        for framework in {period.docking.framework for period in periods}:
            rules.may_keep_dockings(actor, framework).demand()


def _refuse_later(predecessors: Iterable[Organisation], day: day_type) -> None:
    """Who takes part only after its end contradicts the act."""
    if later := queries.periods_from(predecessors, day).first():
        raise ValidationError(
            _("%(name)s takes part since %(since)s only, and would be followed by then. Check the date.")
            % {"name": later.docking.organisation, "since": later.since}
        )


def _refuse_not_new(successor: Organisation, day: day_type) -> None:
    """Who took part before the act did exist before it, and must stay in the figures of those days."""
    if earlier := queries.periods_until([successor], day):
        raise ValidationError(
            _("%(name)s takes part since %(since)s, so it was there before. Choose that the others joined it.")
            % {"name": successor, "since": earlier[0].since}
        )


def _take_over(
    lasting: list[DockingPeriod], successor: Organisation, day: day_type, *, date: str, source: str
) -> list[DockingPeriod]:
    """A period of the successor for each framework; only those that were not there yet."""
    if not lasting:
        raise ValidationError(
            _("None of the predecessors takes part on that day, so there is nothing to take over. Choose that it ends.")
        )
    begun = []
    for _framework, group in groupby(lasting, key=lambda period: period.docking.framework_id):
        period = _heir(list(group), successor, day, date=date, source=source)
        if _is_new(period):
            period.save()
            begun.append(period)
    return begun


def _heir(
    lasting: list[DockingPeriod], successor: Organisation, day: day_type, *, date: str, source: str
) -> DockingPeriod:
    """The successor's period: in the foremost role of those it follows, and to the end that was agreed for it."""
    foremost = min(lasting, key=lambda period: (RANKS[period.role], period.until_text != "", period.since_latest))
    docking, _made = Docking.objects.get_or_create(organisation_id=successor.pk, framework=foremost.docking.framework)
    period = DockingPeriod(
        docking=docking, role=foremost.role, basis=DockingBasis.TAKEN_OVER, source=source,
        note=_taken_over_from(lasting), verified=foremost.verified,
        since_text=date, since_earliest=day, since_latest=day,
    )  # fmt: skip
    if foremost.until_latest and foremost.until_latest > day:
        period.until_text, period.until_latest = foremost.until_text, foremost.until_latest
        period.until_earliest, period.ending = foremost.until_earliest, foremost.ending
    return period


def _taken_over_from(periods: Iterable[DockingPeriod]) -> str:
    """The sentence that stands at the successor's period; what people read as data is German."""
    names = sorted({period.docking.organisation.name for period in periods})
    with override(settings.LANGUAGE_CODE):
        return _("Takes over from %s.") % ", ".join(names)


def _is_new(period: DockingPeriod) -> bool:
    """Whether the successor does not hold exactly this period yet. Refused where it takes part in another way."""
    day = period.since_latest
    covering = [own for own in queries.periods_on(day) if own.docking_id == period.docking_id]
    for own in covering:
        if (own.basis, own.since_text) != (DockingBasis.TAKEN_OVER, period.since_text):
            raise ValidationError(
                _("%(name)s takes part on that day anyway (%(role)s, since %(since)s). Choose that it ends.")
                % {"name": own.docking.organisation, "role": own.get_role_display(), "since": own.since}
            )
    return not covering


def _end(lasting: Iterable[DockingPeriod], day: day_type, date: str) -> list[DockingPeriod]:
    """End the periods with the act. The bounds are the day the register counts by, however imprecise the date."""
    ended = [period for period in lasting if not period.until_latest or period.until_latest > day]
    for period in ended:
        period.until_text, period.until_earliest, period.until_latest = date, day, day
        period.ending = PeriodEnding.ENDED
    DockingPeriod.objects.bulk_update(ended, ["until_text", "until_earliest", "until_latest", "ending"])
    return ended


def _leave_trace(actor: User | None, ended: Iterable[DockingPeriod], begun: Iterable[DockingPeriod]) -> None:
    for action, periods in (("docking_ended", ended), ("docking_taken_over", begun)):
        for period in periods:
            record(
                actor=actor, action=f"strategy.{action}", thing=period, organisation=period.docking.organisation,
                data={"role": period.role, "since": period.since_text, "until": period.until_text},
            )  # fmt: skip
            bump("strategy", SITE)
