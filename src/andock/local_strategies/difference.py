"""Where a local strategy differs from the edition it follows, in the words of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.docking.diff import CHANGED, diff
from andock.docking.local import ADAPTED, ADOPTED, OWN
from andock.strategy.comparison import Item, term_labels
from andock.strategy.queries import edition_value

from .choices import DecisionState
from .printed import Printed, Served, place_of, unfollowed
from .queries import resolved_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.docking.resolve import Passage

    from .models import Version
    from .printed import Place, Unfollowed

ORDER = (ADAPTED, OWN, "covered", DecisionState.DECLINED, DecisionState.DEFERRED, DecisionState.ENDED, ADOPTED)
"""What readers look for first stands first in the list of counts."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One passage: what was decided, and how it reads against the region's wording."""

    item: Item
    state: str
    left: Unfollowed | None = None
    serves: Served | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All passages in reading order; ``adopted`` read as the region's do."""

    deviations: list[Deviation]
    adopted: list[Item]
    tally: dict[str, int]
    term_labels: Mapping[str, str]


def difference_to_region(version: Version) -> Difference:
    """Compare the text of a version with the edition it pins, word by word."""
    resolved, place = resolved_version(version), place_of(version)
    passages = {passage.element.id: passage for passage in resolved.passages}
    found = [
        _deviation(Item(change), passages.get(change.element.id), place)
        for change in diff(edition_value(version.edition), resolved.as_edition())
    ]
    states = [one.state for one in found]
    return Difference(
        [one for one in found if not _reads_alike(one)],
        [one.item for one in found if _reads_alike(one)],
        {state: states.count(state) for state in ORDER if state in states},
        term_labels(),
    )


def _deviation(item: Item, passage: Passage | None, place: Place) -> Deviation:
    if passage is not None:
        printed = Printed(passage, place)
        return Deviation(item, passage.state, serves=printed.serves, reasons=printed.reasons)
    row = place.decisions[item.change.element.id]
    return Deviation(item, row.shown, left=unfollowed(row, all_reasons=False))


def _reads_alike(one: Deviation) -> bool:
    """Adopted, and no new regional wording of it was put off."""
    return one.state == ADOPTED and CHANGED not in one.item.change.kinds
