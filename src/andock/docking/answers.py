"""What each answer does to a field of a decision that stands on the new wording already."""

from __future__ import annotations

from dataclasses import replace

from . import items as kinds
from .fields import BLOCK, PARAMETER, fields_of, with_override
from .items import Item, Resolution
from .local import LOCAL, Addition, Decision, Override, Value
from .values import Block, Parameter


def _take(decision: Decision, item: Item, _answer: Resolution) -> Decision:
    return replace(decision, overrides=tuple(one for one in decision.overrides if one.field != item.field))


def _keep(decision: Decision, item: Item, answer: Resolution) -> Decision:
    """What stands here stays, now as a local wording; a block that is new to the region is hidden."""
    before = _before(decision, item)
    return _reworded(decision, item, item.local, answer.reason, before.origin if before else LOCAL)


def _edited(decision: Decision, item: Item, answer: Resolution) -> Decision:
    if item.kind == kinds.REVIEW:
        return _readdressed(decision, item, answer.value)
    value, sides = answer.value, (item.upstream, item.local, item.base)
    if isinstance(value, str) and item.field.startswith(BLOCK):
        value = replace(next(part for part in sides if isinstance(part, Block)), text=value)
    if isinstance(value, str) and item.field.startswith(PARAMETER):
        value = replace(next(part for part in sides if isinstance(part, Parameter)), value=value)
    return _reworded(decision, item, value, answer.reason, LOCAL)


def _drop(decision: Decision, item: Item, _answer: Resolution) -> Decision:
    gone = {addition.block.id for addition in item.additions}
    return replace(decision, additions=tuple(one for one in decision.additions if one.block.id not in gone))


def _defer(decision: Decision, _item: Item, _answer: Resolution) -> Decision:
    return decision


ACTS = {kinds.TAKE: _take, kinds.KEEP: _keep, kinds.EDITED: _edited, kinds.DROP: _drop, kinds.DEFER: _defer}


def _before(decision: Decision, item: Item) -> Override | None:
    return next((one for one in decision.overrides if one.field == item.field), None)


def _reworded(decision: Decision, item: Item, value: Value, reason: str, origin: str) -> Decision:
    before = _before(decision, item)
    override = Override(item.field, value, reason or (before.reason if before else ""), origin)
    if item.upstream is None:
        return as_addition(decision, override)
    if value is None and not item.field.startswith(BLOCK):
        return decision
    return with_override(decision, override)


def _readdressed(decision: Decision, item: Item, value: Value) -> Decision:
    """The first addition of a review with new text; without text all stay as they are."""
    text = value.text if isinstance(value, Block) else value
    if not text:
        return decision
    first = item.additions[0].block.id
    return replace(
        decision,
        additions=tuple(
            replace(one, block=replace(one.block, text=str(text))) if one.block.id == first else one
            for one in decision.additions
        ),
    )


def as_addition(decision: Decision, override: Override) -> Decision:
    """A block the region has dropped goes on as a local one at its place, a slot that was filled with its name."""
    overrides = tuple(one for one in decision.overrides if one.field != override.field)
    block, after = override.value, override.field[len(BLOCK) :]
    if isinstance(block, Parameter):
        text = f"{block.label}: {block.value} {block.unit}".strip()
        block, after = Block(f"{decision.element}:{block.key}", "paragraph", text) if block.value else None, ""
    additions = decision.additions
    if isinstance(block, Block):
        others = (one for one in additions if one.block.id != block.id)
        additions = (*others, Addition(block, after, override.reason, override.origin))
    return replace(decision, overrides=overrides, additions=additions)


def let_go(decision: Decision, item: Item) -> Decision:
    """Without the additions beside a block that has taken them elsewhere."""
    block = item.field[len(BLOCK) :]
    return replace(decision, additions=tuple(one for one in decision.additions if one.after != block))


def placed(decision: Decision, change: Override | Addition) -> Decision:
    """A local change of an element that ended; what belongs to a field that is gone becomes an addition at the end."""
    if isinstance(change, Addition):
        return replace(decision, additions=(*decision.additions, replace(change, after="")))
    if change.field in fields_of(decision.base):
        return with_override(decision, change)
    return as_addition(decision, change)
