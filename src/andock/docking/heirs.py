"""The decision an element would start from if it were adopted now: what is local about it, on the wording it was made for.

Wording that nobody changed locally is the new one: whoever adopts an element adopts its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .fields import BLOCK, fields_of, rebased
from .local import ADOPTED, Addition, Decision, Held, OwnElement
from .succession import Succession, stands_in
from .values import Block, Element


def heir(
    target: Element, old: Decision | None, *, succession: Succession | None = None, own: OwnElement | None = None
) -> Decision:
    """What the element inherits: from elements that lead to it, from the own element it was, or from itself before."""
    if succession:
        return inherited(succession, as_adopted(old, target) if old else None)
    if own:
        return as_promoted(own, target)
    return as_adopted(old, target) if old else Decision(target.id, target, 0)


def as_adopted(decision: Decision, upstream: Element) -> Decision:
    """A decision taken up again: the new wording wherever nothing had been changed or added locally."""
    if decision.state == ADOPTED:
        return decision
    touched = {override.field for override in decision.overrides}
    touched |= {BLOCK + addition.after for addition in decision.additions if addition.after}
    base = rebased(replace(decision, additions=()), upstream, touched).base
    return replace(decision, base=base)


def as_promoted(own: OwnElement, upstream: Element) -> Decision:
    """An own element the region has taken up: its wording is the base, as one that never was the region's.

    A block that says the same as one of the region is that block, whatever its identity was.
    """
    mine = {block.id for block in own.element.blocks}
    taken = {block.text: block for block in upstream.blocks if block.id not in mine}
    slots = {slot.key: slot for slot in (*upstream.parameters, *own.element.parameters)}
    base = replace(
        own.element,
        id=upstream.id, parent=upstream.parent, parameters=tuple(slots.values()),
        blocks=tuple(taken.get(block.text, block) for block in own.element.blocks),
    )  # fmt: skip
    return Decision(upstream.id, base, 0, held=tuple(Held(name, 0) for name in fields_of(base)))


def inherited(succession: Succession, own: Decision | None = None) -> Decision:
    """The decision its sources hand down to the target: what hangs on blocks follows the blocks to where they stand now.

    ``own`` is what was decided about the target before, where it is not new.
    """
    target, adopted = succession.target, succession.adopted
    blocks = {block.id: block for source in adopted for block in source.base.blocks}
    overrides = [one for source in adopted for one in source.overrides if stands_in(one.field, target)]
    additions = [one for source in adopted for one in source.additions if stands_in(BLOCK + one.after, target)]
    changed = {override.field for override in overrides} | {BLOCK + addition.after for addition in additions}
    held = [one for source in adopted for one in source.held if one.field in changed]
    start = own or Decision(target.id, target, min((source.edition for source in adopted), default=0))
    distinct = {override.field: override for override in (*reversed(overrides), *start.overrides)}
    return replace(
        start,
        base=replace(start.base, blocks=_base_blocks(own, target, blocks, changed)),
        overrides=tuple(distinct.values()), additions=_together(start.additions, additions), held=(*start.held, *held),
    )  # fmt: skip


def bare(succession: Succession) -> Succession:
    """The succession without anything local: for an element that goes on by itself."""
    return replace(
        succession, sources=tuple(replace(source, overrides=(), additions=()) for source in succession.sources)
    )


def _together(mine: tuple[Addition, ...], theirs: list[Addition]) -> tuple[Addition, ...]:
    """Additions of both, none twice."""
    present = {addition.block.id for addition in mine}
    return (*mine, *(addition for addition in theirs if addition.block.id not in present))


def _base_blocks(
    own: Decision | None, target: Element, sources: Mapping[str, Block], changed: set[str]
) -> tuple[Block, ...]:
    """What the blocks said before, where that matters: changed locally in a source, or part of the element already."""
    mine = {block.id: block for block in own.base.blocks} if own else {}
    found = []
    for block in target.blocks:
        if BLOCK + block.id in changed and block.id in sources:
            found.append(sources[block.id])
        elif block.id in mine:
            found.append(mine[block.id])
        elif own is None or block.id in sources:
            found.append(block)
    present = {block.id for block in found}
    return (*found, *(block for block in mine.values() if block.id not in present))
