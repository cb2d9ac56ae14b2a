"""What became of an element over several editions."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from .values import Lineage

Trail = tuple[Lineage, ...]


class LineageCycle(ValueError):
    """Within one edition an element leads back to itself through others; ``identities`` names the circle."""

    def __init__(self, identities: list[str]) -> None:
        super().__init__(" → ".join(identities))
        self.identities = identities


def compose(*steps: Iterable[Lineage]) -> tuple[Lineage, ...]:
    """The lineage of consecutive editions as one, so that skipped editions can be compared.

    A row of the result leads from where an element began to where it ended; its reason holds the reasons along
    the way, one per line. An element that stays without a row stays in the result too. Raises ``LineageCycle``.
    """
    reached: dict[tuple[str | None, str | None], Trail] = {}
    for step in steps:
        rows = tuple(step)
        refuse_cycles(rows)
        reached = _extended(reached, rows)
    return tuple(_as_row(source, target, trail) for (source, target), trail in reached.items())


def refuse_cycles(rows: Iterable[Lineage]) -> None:
    """Raise ``LineageCycle`` where elements of one edition lead to each other in a circle."""
    graph: dict[str, list[str]] = {}
    for row in rows:
        if row.source and row.target and row.source != row.target:
            graph.setdefault(row.target, []).append(row.source)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise LineageCycle(error.args[1]) from error


def _extended(
    reached: dict[tuple[str | None, str | None], Trail], rows: Trail
) -> dict[tuple[str | None, str | None], Trail]:
    """One edition further: what was reached stays reachable under its identity, and rows lead on from it."""
    longer = dict(reached)
    for row in rows:
        for source, trail in _ways_to(row.source, reached):
            end = (source, row.target)
            longer[end] = _without_repeats(longer.get(end, ()) + trail + (row,))
    return longer


def _ways_to(
    identity: str | None, reached: dict[tuple[str | None, str | None], Trail]
) -> list[tuple[str | None, Trail]]:
    """Every beginning that leads to ``identity``, itself included, with the rows on the way."""
    ways: dict[str | None, Trail] = {identity: ()}
    if identity is not None:
        ways |= {source: trail for (source, target), trail in reached.items() if target == identity}
    return list(ways.items())


def _without_repeats(trail: Trail) -> Trail:
    return tuple(dict.fromkeys(trail))


def _as_row(source: str | None, target: str | None, trail: Trail) -> Lineage:
    """A trail as one row; kind and relation are those of its last step."""
    reasons = dict.fromkeys(row.reason for row in trail if row.reason)
    relation = trail[-1].relation if len(trail) == 1 else ""
    return Lineage(trail[-1].kind, source, target, relation, "\n".join(reasons))
