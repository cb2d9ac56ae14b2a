"""Blocks the region has moved from one element into another that is adopted too: what is local about them goes along."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from .fields import BLOCK
from .local import ADOPTED, Decision, Strategy
from .values import Block

Moves = list[tuple[str, str, Block]]
"""From which element to which, and the block as it was recorded."""


def homed(
    strategy: Strategy, homes: Mapping[str, str], *, here: Collection[str], apart: Collection[str] = ()
) -> Strategy:
    """The strategy with every moved block where it stands now (``homes``: element by block).

    Only between elements that are adopted and still ``here``; ``apart`` are those whose fate is asked as a whole.
    """
    adopted = {found.element: found for found in strategy.decisions if found.state == ADOPTED and found.element in here}
    moves = _moves(adopted, homes, apart)
    if not moves:
        return strategy
    decisions = {decision.element: decision for decision in strategy.decisions}
    for source, target, block in moves:
        decisions[target] = _taking(decisions[target], decisions[source], block)
        decisions[source] = _leaving(decisions[source], block.id)
    return replace(strategy, decisions=tuple(decisions.values()))


def _moves(adopted: Mapping[str, Decision], homes: Mapping[str, str], apart: Collection[str]) -> Moves:
    return [
        (decision.element, home, block)
        for decision in adopted.values()
        for block in decision.base.blocks
        if (home := homes.get(block.id, decision.element)) != decision.element
        and home in adopted and home not in apart and not _has(adopted[home], block)
    ]  # fmt: skip


def _has(decision: Decision, block: Block) -> bool:
    return any(found.id == block.id for found in decision.base.blocks)


def _taking(target: Decision, source: Decision, block: Block) -> Decision:
    name = BLOCK + block.id
    return replace(
        target,
        base=replace(target.base, blocks=(*target.base.blocks, block)),
        overrides=(*target.overrides, *(one for one in source.overrides if one.field == name)),
        additions=(*target.additions, *(one for one in source.additions if one.after == block.id)),
        held=(*target.held, *(one for one in source.held if one.field == name)),
    )


def _leaving(source: Decision, block: str) -> Decision:
    name = BLOCK + block
    return replace(
        source,
        base=replace(source.base, blocks=tuple(found for found in source.base.blocks if found.id != block)),
        overrides=tuple(one for one in source.overrides if one.field != name),
        additions=tuple(one for one in source.additions if one.after != block),
        held=tuple(one for one in source.held if one.field != name),
    )
