"""From draft to in force: participation, submission, what was decided, and freezing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.docking import plain
from andock.docking.resolve import resolve
from andock.docking.synopsis import CLASSES
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.kernel.text import without_control_characters
from andock.strategy.queries import known_since, takes_part_on

from ..choices import COVERING, Outcome, RunState, ShownState, VersionState, Weight
from ..documents import renew_strategy
from ..models import DecisionRecord, Version
from ..papers import paper
from ..queries import open_run, strategy_value, version_in_force
from ..rules import may_move_version, may_record_decision
from .storing import CannotChange, leave_trace, locked, locked_strategy
from .wording import undecided_core

if TYPE_CHECKING:
    from andock.accounts.models import User

NEXT = {
    VersionState.DRAFTING: (VersionState.PARTICIPATION, VersionState.SUBMITTED),
    VersionState.PARTICIPATION: (VersionState.DRAFTING, VersionState.SUBMITTED),
    VersionState.SUBMITTED: (VersionState.DRAFTING,),
}
"""Where a version may go by hand. Out of ``submitted`` it comes by a recorded decision or when it is taken back."""
STATE_ACTIONS = {
    VersionState.DRAFTING: "taken_back",
    VersionState.PARTICIPATION: "participation_opened",
    VersionState.SUBMITTED: "submitted",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a committee or a head of administration decided, and when."""

    weight: str
    outcome: str
    body: str
    decided_on: date
    reference: str = ""
    note: str = ""


@transaction.atomic
def move(*, actor: User, version: Version, state: str) -> Version:
    """Open participation, submit, or take back. Raises ``Denied`` or ``CannotChange``."""
    version = locked(version)
    may_move_version(actor, version).demand()
    if state not in NEXT[VersionState(version.state)]:
        raise CannotChange(_("Somebody has moved this version on meanwhile. Look at where it stands now."))
    if state == VersionState.SUBMITTED:
        refuse_incomplete(version)
    version.state = state
    version.save()
    leave_trace(actor=actor, action=STATE_ACTIONS[VersionState(state)], version=version)
    return version


def refuse_incomplete(version: Version) -> None:
    """Nothing is submitted while a core element is undecided or a take-over is open. Raises ``CannotChange``."""
    if open_run(version.strategy):
        raise CannotChange(_("A new edition is being taken over. Answer what is open there, then submit."))
    if left := undecided_core(version):
        names = ", ".join(f"{row.base['label']} {row.base['title']}".strip() for row in left[:5])
        raise CannotChange(
            _("%(number)d core elements are still undecided: %(names)s. Adopt, decline or defer them first.")
            % {"number": len(left), "names": names}
        )


@public_transaction()
def record_decision(*, actor: User, version: Version, decided: Decided, in_force_on: date | None = None) -> Version:
    """Record a decision: approved comes into force, everything else returns to the draft.

    The first version always needs the council, later ones the class of their heaviest change. Raises ``Denied`` or
    ``CannotChange``.
    """
    version = locked(version)
    may_record_decision(actor, version).demand()
    _refuse_unfit(version, decided)
    day = in_force_on or decided.decided_on
    if decided.outcome == Outcome.APPROVED:
        _refuse_day(version, decided, day)
    DecisionRecord.objects.create(
        version=version, weight=decided.weight, outcome=decided.outcome, body=_line(decided.body),
        decided_on=decided.decided_on, reference=_line(decided.reference), note=decided.note, recorded_by=actor,
    )  # fmt: skip
    leave_trace(
        actor=actor, action="decision_recorded", version=version, outcome=decided.outcome,
        decided_on=decided.decided_on.isoformat(),
    )  # fmt: skip
    if decided.outcome == Outcome.APPROVED:
        return put_in_force(actor=actor, version=version, day=day)
    version.state = VersionState.DRAFTING
    version.save()
    return version


def _line(text: str) -> str:
    return " ".join(without_control_characters(text).split())


def _refuse_unfit(version: Version, decided: Decided) -> None:
    if decided.outcome not in set(Outcome) or decided.weight not in CLASSES:
        raise CannotChange(_("Choose what was decided and by whom."))
    if not decided.body.strip():
        raise CannotChange(_("Who decided? Name the council, the committee or the office."))
    if decided.decided_on > timezone.localdate():
        raise CannotChange(_("The day of the decision lies in the future. Record it when it has been taken."))
    framework = version.strategy.framework
    if (begun := known_since(framework)) and decided.decided_on < begun:
        raise CannotChange(
            _("%(framework)s exists since %(day)s only. Please check the date.")
            % {"framework": framework, "day": date_format(begun, "DATE_FORMAT")}
        )
    needed = weight_needed(version)
    if CLASSES.index(decided.weight) < CLASSES.index(needed):
        raise CannotChange(_("This version needs a heavier decision. %(needed)s.") % {"needed": Weight(needed).label})


def _refuse_day(version: Version, decided: Decided, day: date) -> None:
    """In force from the day of the decision at the earliest, never before its time, and only while the town takes part.

    Where the register knows the docking imprecisely, a day on which the town may have taken part is taken.
    """
    if day < decided.decided_on:
        raise CannotChange(_("A version cannot come into force before it was decided on. Please check the days."))
    if day > timezone.localdate():
        raise CannotChange(
            _(
                "The day it comes into force lies ahead. Record the decision on that day; until then the draft stays submitted."
            )
        )
    if not takes_part_on(day, version.strategy.organisation):
        raise CannotChange(
            _(
                "On %(day)s %(town)s did not take part, says the register of docking. A local strategy comes into force only after docking: please check the day of the decision, or enter a later day under “In force on”."
            )
            % {"day": date_format(day, "DATE_FORMAT"), "town": version.strategy.organisation}
        )


def weight_needed(version: Version) -> str:
    """Who has to decide: the council on a first version, else by the heaviest change."""
    if version_in_force(version.strategy) is None:
        return Weight.SUBSTANTIAL
    return paper(version).weight


def put_in_force(*, actor: User | None, version: Version, day: date) -> Version:
    """Freeze a version with its resolved text and its hash; the one before is superseded. Inside a public transaction."""
    strategy = locked_strategy(version.strategy)
    refuse_incomplete(version)
    current = version_in_force(strategy)
    if current and current.in_force_on and day < current.in_force_on:
        raise CannotChange(
            _("Version %(number)d is in force since %(day)s; a later version cannot begin before.")
            % {"number": current.number, "day": date_format(current.in_force_on, "DATE_FORMAT")}
        )
    _mark_covered(version)
    resolved = resolve(strategy_value(version))
    if current:
        Version.objects.filter(pk=current.pk).update(state=VersionState.SUPERSEDED, superseded_on=day)
    version.resolved, version.content_hash = plain.plain(resolved), plain.digest(resolved)
    version.state, version.in_force_on = VersionState.IN_FORCE, day
    version.save()
    version.links.filter(revoked_at=None).update(revoked_at=timezone.now())
    strategy.runs.filter(result=version, state=RunState.OPEN).update(state=RunState.FINISHED)
    leave_trace(actor=actor, action="in_force", version=version, edition=version.edition.ordinal)
    bump("strategy", f"local:{strategy.organisation.slug}")
    renew_strategy(strategy.organisation)
    return version


def _mark_covered(version: Version) -> None:
    """What is not adopted but served by an own element counts as covered by the town's own."""
    served = version.own_parts.filter(relation__in=COVERING).values("serves")
    version.decisions.exclude(shown__in=(ShownState.ADOPTED, ShownState.ADAPTED)).filter(element__in=served).update(
        shown=ShownState.COVERED
    )
