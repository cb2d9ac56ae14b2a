"""The fields of an element that can be taken, changed and put off one by one.

``title``, ``terms``, ``without_technology``, ``parent``, ``block:<id>`` for every block and ``parameter:<key>`` for
every slot. Number, kind, obligation and sources are no fields: they describe the edition and follow it by themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from .diff import same_text
from .local import START, Addition, Decision, Override, Value
from .values import Block, Element, Parameter

TITLE, TERMS, WITHOUT_TECHNOLOGY, PARENT = "title", "terms", "without_technology", "parent"
BLOCK, PARAMETER = "block:", "parameter:"


def fields_of(element: Element) -> dict[str, Value]:
    """Every field with its value; an element at the top has the parent ``""``."""
    values: dict[str, Value] = {
        TITLE: element.title,
        TERMS: element.terms,
        WITHOUT_TECHNOLOGY: element.without_technology,
        PARENT: element.parent or "",
    }
    for block in element.blocks:
        values[BLOCK + block.id] = block
    for parameter in element.parameters:
        values[PARAMETER + parameter.key] = parameter
    return values


def same(one: Value, other: Value) -> bool:
    """Whether two values of a field read the same: blanks, composed letters and a slot's label do not count."""
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    if isinstance(one, Block) and isinstance(other, Block):
        return one.kind == other.kind and same_text(one.text, other.text)
    if isinstance(one, Parameter) and isinstance(other, Parameter):
        return (one.type, one.unit) == (other.type, other.unit) and same_text(one.value, other.value)
    return isinstance(one, tuple) and isinstance(other, tuple) and set(one) == set(other)


def local_values(decision: Decision) -> dict[str, Value]:
    """Every field as it reads locally; hidden blocks are None."""
    return fields_of(decision.base) | {override.field: override.value for override in decision.overrides}


def healed(decision: Decision) -> Decision:
    """Without overrides that say what the region says anyway, and without those of fields that do not exist."""
    found = _converged(decision)
    return replace(found, additions=anchored(decision.additions, decision.base, decision.base))


def _converged(decision: Decision) -> Decision:
    if not decision.overrides:
        return decision
    regional = fields_of(decision.base)
    kept = tuple(
        override
        for override in decision.overrides
        if override.field in regional and not same(override.value, regional[override.field])
    )
    return replace(decision, overrides=kept)


def effective(decision: Decision) -> Element:
    """The element as it reads locally: the base with overrides, hidden blocks left out, additions in their places."""
    values: dict[str, Any] = local_values(decision)
    base = decision.base
    return replace(
        base,
        title=values[TITLE],
        terms=values[TERMS],
        without_technology=values[WITHOUT_TECHNOLOGY],
        parent=values[PARENT] or None,
        parameters=tuple(_slot(values[PARAMETER + slot.key], slot) for slot in base.parameters),
        blocks=tuple(_blocks(decision, values)),
    )


def _slot(local: Value, regional: Parameter) -> Parameter:
    """A local value goes by the name the region gives the slot now; type and unit are those it was entered with."""
    return replace(local, label=regional.label) if isinstance(local, Parameter) else regional


def _blocks(decision: Decision, values: dict[str, Any]) -> Iterable[Block]:
    added: dict[str, list[Block]] = {}
    for addition in decision.additions:
        added.setdefault(addition.after, []).append(addition.block)
    yield from added.pop(START, ())
    for block in decision.base.blocks:
        shown = values[BLOCK + block.id]
        if isinstance(shown, Block):
            yield shown
        yield from added.pop(block.id, ())
    for blocks in added.values():
        yield from blocks


def rebased(decision: Decision, upstream: Element, held: Collection[str]) -> Decision:
    """The decision on a new base; the fields in ``held`` keep their old one.

    Overrides stay as they are, and so do additions (``anchored`` finds their places). One that is a block of the
    region (again), because it was kept when the region had dropped it, becomes the local wording of that block.
    """
    base = _mixed(decision.base, upstream, held)
    back = {block.id for block in base.blocks} & {addition.block.id for addition in decision.additions}
    if not back:
        return replace(decision, base=base)
    returned = tuple(
        Override(BLOCK + one.block.id, one.block, one.reason, one.origin)
        for one in decision.additions
        if one.block.id in back
    )
    others = tuple(one for one in decision.additions if one.block.id not in back)
    return replace(decision, base=base, overrides=(*decision.overrides, *returned), additions=others)


def _mixed(old: Element, new: Element, held: Collection[str]) -> Element:
    """The new element, but ``held`` fields as in the old one (also when that means not at all)."""
    if not held:
        return new
    plain = {name: getattr(old, name) for name in (TITLE, TERMS, WITHOUT_TECHNOLOGY, PARENT) if name in held}
    blocks = _mixed_items(old.blocks, new.blocks, [name[len(BLOCK) :] for name in held if name.startswith(BLOCK)], "id")
    slots = [name[len(PARAMETER) :] for name in held if name.startswith(PARAMETER)]
    parameters = _mixed_items(old.parameters, new.parameters, slots, "key")
    return replace(new, blocks=blocks, parameters=parameters, **plain)


def _mixed_items(old: tuple, new: tuple, held: Collection[str], name: str) -> tuple:
    """The new items in their order; held ones as they were, those that are gone after the one they followed."""
    before = {getattr(item, name): item for item in old}
    mixed = [before.get(getattr(item, name)) if getattr(item, name) in held else item for item in new]
    result = [item for item in mixed if item is not None]
    present = {getattr(item, name) for item in result}
    place = 0
    for item in old:
        identity = getattr(item, name)
        if identity in present:
            place = [getattr(found, name) for found in result].index(identity) + 1
        elif identity in held:
            result.insert(place, item)
            place += 1
    return tuple(result)


def anchored(additions: tuple[Addition, ...], old: Element, new: Element) -> tuple[Addition, ...]:
    """Additions whose block is gone follow the nearest block before it that is still there.

    A block that is kept although the region has dropped it is an addition after itself: it stays at its place.
    """
    present = {block.id for block in new.blocks} | {START, ""}
    if all(addition.after in present for addition in additions):
        return additions
    order = [START, *(block.id for block in old.blocks)]
    ranks = {name: place for place, name in enumerate(order)}
    ranked = sorted(additions, key=lambda one: (ranks.get(one.after, len(order)), one.after != one.block.id))
    return tuple(replace(one, after=_anchor(one.after, order, present)) for one in ranked)


def _anchor(after: str, order: list[str], present: set[str]) -> str:
    """The block itself, else the nearest before it, the beginning at last; the end for what never stood here."""
    if after in present or after not in order:
        return after if after in present else ""
    return next(block for block in reversed(order[: order.index(after)]) if block in present)


def with_override(decision: Decision, override: Override) -> Decision:
    """The decision with this override in place of any other of the field, or without where it says what the base says."""
    others = tuple(found for found in decision.overrides if found.field != override.field)
    return _converged(replace(decision, overrides=(*others, override)))


def drift(decision: Decision) -> tuple[int, int]:
    """How many fields replace or hide regional wording (slots are there to be filled), and how many fields there are."""
    replaced = [override for override in decision.overrides if not override.field.startswith(PARAMETER)]
    return len(replaced), len(fields_of(decision.base))
