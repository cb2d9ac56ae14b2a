"""What each answer does to a field of a decision that stands on the new wording already."""

from __future__ import annotations

from dataclasses import replace

from . import items as kinds
from .fields import BLOCK, PARAMETER, PARENT, fields_of, with_override
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
    block, after = _as_block(override.value, f"{decision.element}:{override.field}"), ""
    if override.field.startswith(BLOCK):
        after = override.field[len(BLOCK) :]
    additions = decision.additions
    if block:
        additions = (*additions, Addition(_with_free_name(block, additions), after, override.reason, override.origin))
    return replace(decision, overrides=overrides, additions=additions)


def _as_block(value: Value, name: str) -> Block | None:
    """A local value as a paragraph of its own; nothing where it holds no words."""
    if isinstance(value, Block):
        return value
    if isinstance(value, Parameter):
        return Block(name, "paragraph", f"{value.label}: {value.value} {value.unit}".strip()) if value.value else None
    return Block(name, "paragraph", value) if isinstance(value, str) and value else None


def _with_free_name(block: Block, additions: tuple[Addition, ...]) -> Block:
    taken = {addition.block.id for addition in additions}
    while block.id in taken:
        block = replace(block, id=f"{block.id}+")
    return block


def let_go(decision: Decision, item: Item) -> Decision:
    """Without the additions beside a block that has taken them elsewhere."""
    block = item.field[len(BLOCK) :]
    return replace(decision, additions=tuple(one for one in decision.additions if one.after != block))


def placed(decision: Decision, change: Override | Addition) -> Decision:
    """A local change of an element that ended.

    What belongs to a field that is gone, or that has a local wording already, becomes an addition at the end.
    """
    if isinstance(change, Addition):
        block = _with_free_name(change.block, decision.additions)
        return replace(decision, additions=(*decision.additions, replace(change, block=block, after="")))
    is_taken = any(override.field == change.field for override in decision.overrides)
    if change.field in fields_of(decision.base) and not is_taken:
        return with_override(decision, change)
    if change.field == PARENT:
        return decision
    found = as_addition(decision, change)
    return replace(found, overrides=decision.overrides)
