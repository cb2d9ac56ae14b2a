"""What ``andock doctor`` asks about the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.findings import Finding

from . import building

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = 3


def everything_is_known() -> Iterator[Finding]:
    """Every document of every module against the index; after an update it may be empty, or made in an older way."""
    wrong = building.differing()
    names = ", ".join(wrong[:NAMED]) + (", …" if len(wrong) > NAMED else "")
    stopped = "It was stopped before its end. " if building.is_under_way() else ""
    yield Finding(
        "The search knows everything",
        not wrong and not stopped,
        f"{stopped}Run: andock index-search (not as it is now: {names or 'nothing'}).",
    )
