"""Deciding on regional elements: one, several, a whole branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.docking import local
from andock.kernel.text import without_control_characters

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
    """What somebody wants for an element, and the state they saw before them."""

    element: str
    state: str
    seen: str


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
        if row is None or row.state == choice.state:
            continue
        if row.state != choice.seen:
            disputed.append(choice)
            continue
        write_decision(row, stated(row, choice.state, reason=reason, until=until))
        written += 1
    if written:
        version.save(update_fields=["changed_at"])
        leave_trace(actor=actor, action="decided", version=version, elements=written)
    return disputed


def stated(row: ElementDecision, state: str, *, reason: str = "", until: date | None = None) -> local.Decision:
    """The decision of a row in another state. Raises ``CannotChange`` where reason or date is missing."""
    reason = without_control_characters(reason).strip()
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
