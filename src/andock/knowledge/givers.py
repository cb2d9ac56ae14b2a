"""From whom somebody has a solution: never, over however many others, from itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def goes_round(givers: Mapping[int, int], receiver: int, giver: int) -> bool:
    """Whether ``receiver`` would have it from itself if it had it from ``giver``; ``givers`` says who has it from whom."""
    seen = {receiver}
    while giver not in seen:
        if giver not in givers:
            return False
        seen.add(giver)
        giver = givers[giver]
    return giver == receiver
