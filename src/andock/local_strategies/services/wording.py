"""Writing the local wording of one regional element: every field locked by itself."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from andock.docking import local
from andock.docking.fields import BLOCK, PARAMETER, TITLE, fields_of, healed, local_values
from andock.docking.values import Block, Parameter
from andock.kernel.text import normalise, without_control_characters
from andock.strategy.field_lock import Conflict, Submitted, settle

from ..choices import DecisionState, Outcome
from ..models import ElementDecision, Version
from ..queries import decision_value
from .deciding import stated
from .storing import CannotChange, leave_trace, locked_for_editing, row_of, write_decision

if TYPE_CHECKING:
    from andock.accounts.models import User

ADD = "add:"
PLAIN = ("state", "reason", "until", "reason_public", "weight")
PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
LONGEST = 20_000
"""Letters of one paragraph; longer ones are papers pasted into the wrong place."""


@dataclass(slots=True)
class Saved:
    """What became of a submission; conflicts are what somebody else changed too, by field."""

    row: ElementDecision
    written: list[str]
    conflicts: dict[str, Conflict]


def wording_fields(row: ElementDecision) -> dict[str, Any]:
    """Every value that is locked by itself.

    ``state``, ``reason``, ``title``, ``parameter:<key>``, ``block:<id>`` (empty where hidden), ``add:<id>`` for the
    addition after a block, ``add:start`` for the one before all, ``add:`` for the one at the end.
    """
    decision = decision_value(row)
    values: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    values["reason"] = row.reason or reason_of(decision)
    values["until"] = row.until.isoformat() if row.until else ""
    for name, value in local_values(decision).items():
        if name == TITLE or name.startswith((BLOCK, PARAMETER)):
            values[name] = value.text if isinstance(value, Block) else _shown(value)
    for block in (local.START, *(found.id for found in decision.base.blocks), ""):
        values[ADD + block] = "\n\n".join(one.block.text for one in decision.additions if one.after == block)
    return values


def _shown(value: local.Value) -> str:
    if isinstance(value, Parameter):
        return value.value
    return value if isinstance(value, str) else ""


@transaction.atomic
def edit_wording(*, actor: User, version: Version, element: str, fields: Mapping[str, Submitted]) -> Saved:
    """Save decision and local wording of an element. Writing something local into an undecided element adopts it.

    A wording that says what the region says is no local one and goes by itself. What somebody else changed meanwhile
    stays; where both changed the same field theirs stays saved and comes back as a conflict. Raises ``Denied`` or
    ``CannotChange``.
    """
    version = locked_for_editing(version, actor)
    row = row_of(version, element)
    changes, conflicts = settle(wording_fields(row), fields)
    if not changes:
        return Saved(row, [], conflicts)
    decision = _written(decision_value(row), changes, origin_of_changes(version))
    _write_choices(row, changes)
    if "state" in changes or {"reason", "until"} & changes.keys():
        decision = _restated(row, decision, changes)
    if decision.state == local.UNDECIDED and decision.is_changed and "state" not in changes:
        decision = local.decided(decision, local.ADOPTED)
    if decision.state == local.ADOPTED:
        decision = _explained(decision, reason_of(decision_value(row)), changes.get("reason"))
    write_decision(row, decision)
    version.save(update_fields=["changed_at"])
    leave_trace(actor=actor, action="wording_changed", version=version, element=element, fields=len(changes))
    return Saved(row, sorted(changes), conflicts)


def origin_of_changes(version: Version) -> str:
    """What is changed after the council approved with changes is the council's wording."""
    last = version.records.order_by("decided_on", "pk").last()
    return local.COUNCIL if last and last.outcome == Outcome.WITH_CHANGES else local.LOCAL


def _write_choices(row: ElementDecision, changes: Mapping[str, Any]) -> None:
    if "reason_public" in changes:
        row.reason_public = bool(changes["reason_public"])
    if "weight" in changes:
        row.weight = changes["weight"]


def _restated(row: ElementDecision, decision: local.Decision, changes: Mapping[str, Any]) -> local.Decision:
    state = changes.get("state", row.state)
    until = changes.get("until", row.until.isoformat() if row.until else "")
    found = stated(
        row, state, reason=changes.get("reason", row.reason), until=date.fromisoformat(until) if until else None
    )
    return replace(decision, state=found.state, reason=found.reason, until=found.until)


def reason_of(decision: local.Decision) -> str:
    """Why an adopted element is adapted: the first reason given for anything local in it."""
    changes: list[local.Override | local.Addition] = [*decision.overrides, *decision.additions]
    return next((change.reason for change in changes if change.reason), "")


def _explained(decision: local.Decision, before: str, reason: str | None) -> local.Decision:
    """Every local change with the reason, but for those that have another one of their own."""
    given = before if reason is None else clean(reason)
    mine = {"", before}
    return replace(
        decision,
        overrides=tuple(replace(one, reason=given) if one.reason in mine else one for one in decision.overrides),
        additions=tuple(replace(one, reason=given) if one.reason in mine else one for one in decision.additions),
    )


# --- fields ----------------------------------------------------------------------------------------------------------
def _written(decision: local.Decision, changes: Mapping[str, Any], origin: str) -> local.Decision:
    overrides = {override.field: override for override in decision.overrides}
    additions = list(decision.additions)
    regional = fields_of(decision.base)
    for name, text in changes.items():
        if name in regional:
            overrides[name] = local.Override(name, _value(regional[name], clean(text)), origin=origin)
        elif name.startswith(ADD):
            additions = _readdressed(additions, name[len(ADD) :], clean(text), origin)
    return healed(replace(decision, overrides=tuple(overrides.values()), additions=tuple(additions)))


def grouped(number: int) -> str:
    """As people read large numbers."""
    return number_format(number, force_grouping=True)


def clean(text: str) -> str:
    """Text as it is stored. Raises ``CannotChange`` where it is far too long for a paragraph."""
    found = normalise(without_control_characters(str(text).replace("\r\n", "\n"))).strip()
    if len(found) > LONGEST:
        raise CannotChange(
            _("This paragraph has %(number)s characters; %(most)s are the most. Divide it, or import it as a document.")
            % {"number": grouped(len(found)), "most": grouped(LONGEST)}
        )
    return found


def _value(regional: local.Value, text: str) -> local.Value:
    """The local value of a field in the shape of the regional one; an empty block is hidden, a title stays."""
    if isinstance(regional, Block):
        return replace(regional, text=text) if text else None
    if isinstance(regional, Parameter):
        return replace(regional, value=text)
    return text or regional


def _readdressed(additions: list[local.Addition], after: str, text: str, origin: str) -> list[local.Addition]:
    """The additions after a block with new text, paragraph by paragraph: each keeps its identity and kind in turn.

    Empty text takes them away.
    """
    here = [one for one in additions if one.after == after]
    others = [one for one in additions if one.after != after]
    parts = [part.strip() for part in PARAGRAPHS.split(text) if part.strip()]
    new = (local.Addition(Block(str(uuid.uuid4()), "paragraph", ""), after, origin=origin) for _part in parts)
    return others + [_reworded(one, part, origin) for one, part in zip((*here, *new), parts, strict=False)]


def _reworded(addition: local.Addition, text: str, origin: str) -> local.Addition:
    if addition.block.text == text:
        return addition
    return replace(addition, block=replace(addition.block, text=text), reason="", origin=origin)


def undecided_core(version: Version) -> list[ElementDecision]:
    """Core elements nobody has decided on."""
    rows = version.decisions.filter(state=DecisionState.UNDECIDED).order_by("position")
    return [row for row in rows if row.base["obligation"] == "core"]
