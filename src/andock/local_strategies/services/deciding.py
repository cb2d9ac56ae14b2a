"""Deciding on regional elements: one, several, a whole branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.docking import local
from andock.kernel.text import without_control_characters
from andock.strategy.field_lock import fingerprint

from ..choices import DecisionState
from ..models import ElementDecision, Version
from ..queries import decision_value
from .storing import CannotChange, leave_trace, locked_for_editing, write_decision

if TYPE_CHECKING:
    from andock.accounts.models import User

NEEDS_REASON = (DecisionState.DECLINED, DecisionState.DEFERRED)
DECIDABLE = (DecisionState.UNDECIDED, DecisionState.ADOPTED, *NEEDS_REASON)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants for an element, and the state they saw before them.

    ``reason`` and ``until`` go before those said for all. ``seen_why`` is the ``why`` of what they saw, empty where
    reason and date were not shown.
    """

    element: str
    state: str
    seen: str
    reason: str = ""
    until: date | None = None
    seen_why: str = ""


def why(row: ElementDecision) -> str:
    """A mark of reason and date, to notice that somebody else has changed them."""
    return fingerprint([row.reason, row.until.isoformat() if row.until else ""])


@transaction.atomic
def decide(
    *, actor: User, version: Version, choices: Iterable[Choice], reason: str = "", until: date | None = None
) -> list[Choice]:
    """Write decisions; what somebody else has decided meanwhile stays and is returned.

    Local wording is kept when an element is declined, for the day it is adopted again. Raises ``Denied`` or
    ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    rows = {str(row.element_id): row for row in version.decisions.all()}
    disputed, written = [], 0
    for choice in choices:
        row = rows.get(choice.element)
        wanted = replace(choice, reason=choice.reason or reason, until=choice.until or until)
        if row is None or _is_so(row, wanted):
            continue
        if row.state != choice.seen or choice.seen_why not in {"", why(row)}:
            disputed.append(choice)
            continue
        write_decision(row, stated(row, wanted.state, reason=wanted.reason, until=wanted.until))
        written += 1
    if written:
        version.save(update_fields=["changed_at"])
        leave_trace(actor=actor, action="decided", version=version, elements=written)
    return disputed


def _is_so(row: ElementDecision, choice: Choice) -> bool:
    """Whether the element is decided that way already, for that reason."""
    if row.state != choice.state or row.state not in NEEDS_REASON:
        return row.state == choice.state
    return row.reason == without_control_characters(choice.reason).strip() and (
        row.state != DecisionState.DEFERRED or row.until == choice.until
    )


@transaction.atomic
def decide_branch(
    *,
    actor: User,
    version: Version,
    element: str,
    state: str,
    reason: str = "",
    until: date | None = None,
    with_decided: bool = False,
) -> int:
    """Decide an element and all below it at once; what was decided before only where that is wanted too.

    Returns how many were to be decided. Raises ``Denied`` or ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    rows = [row for row in branch_of(version, element) if with_decided or row.state == DecisionState.UNDECIDED]
    choices = [Choice(str(row.element_id), state, row.state) for row in rows if row.state != DecisionState.ENDED]
    decide(actor=actor, version=version, choices=choices, reason=reason, until=until)
    return len(choices)


def stated(row: ElementDecision, state: str, *, reason: str = "", until: date | None = None) -> local.Decision:
    """The decision of a row in another state. Raises ``CannotChange`` where reason or date is missing, or it has ended."""
    reason = without_control_characters(reason).strip()
    if row.state == DecisionState.ENDED:
        raise CannotChange(
            _("The region has withdrawn this element, and it ended here. Write an element of your own instead.")
        )
    if state not in DECIDABLE:
        raise CannotChange(_("Choose adopt, decline, defer or undecided."))
    if state in NEEDS_REASON and not reason:
        raise CannotChange(_("Please give a reason in a sentence. The council and your successors will ask for it."))
    if state == DecisionState.DEFERRED:
        refuse_past(until)
    decision = decision_value(row)
    if state not in NEEDS_REASON:
        return local.decided(decision, state)
    day = until.isoformat() if until and state == DecisionState.DEFERRED else ""
    return local.decided(decision, state, reason=reason, until=day)


def refuse_past(until: date | None) -> None:
    """A deferral has a day to come. Raises ``CannotChange``."""
    if until is None or until <= timezone.localdate():
        raise CannotChange(_("Until when? Choose a day after today; then the question opens again by itself."))


def branch_of(version: Version, element: str) -> list[ElementDecision]:
    """An element and everything below it, in reading order."""
    inside: set[str] = {element}
    found = []
    for row in version.decisions.order_by("position"):
        if str(row.element_id) in inside or row.base["parent"] in inside:
            inside.add(str(row.element_id))
            found.append(row)
    return found
