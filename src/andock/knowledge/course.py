"""Whether a stage can stand beside the others of its transfer: in what order things happen. Pure.

Dates that are only known roughly get the benefit of the doubt: only what certainly contradicts is refused. After an
end a transfer may begin again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .choices import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from andock.kernel.dates import PartialDate

ORDER = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage and when it was reached."""

    stage: str
    when: PartialDate

    def __str__(self) -> str:
        return f"{Stage(self.stage).label} ({self.when})"


def objection(others: Sequence[Step], new: Step, today: date) -> tuple[str, str]:
    """The field and the sentence that says why ``new`` cannot stand beside ``others``; empty where it can."""
    if new.when.earliest and new.when.earliest > today:
        return "date_text", _("This date is still to come. Please write a stage down once it is reached.")
    if new.stage == Stage.RETRACTED:
        return "", ""
    if same := next((one for one in others if one.stage == new.stage and not _is_divided(one, new, others)), None):
        told = _("“%s” stands here already. If its date is wrong, please correct that row.")
        return "stage", told % same
    return "date_text", _out_of_order(others, new)


def _out_of_order(others: Sequence[Step], new: Step) -> str:
    if _end_without_start([*others, new], new):
        return _("A take-over cannot end before it has begun. Please check both dates.")
    for other in others:
        first, second = (new, other) if new.when.certainly_before(other.when) else (other, new)
        if _is_too_early(first, second) and not _is_divided(first, second, others):
            told = _("“%(first)s” would come before “%(second)s”. Please check both dates.")
            return told % {"first": first, "second": second}
    return ""


def _is_too_early(first: Step, second: Step) -> bool:
    """Whether the earlier of two stages should come after the other; an end may be followed by a new beginning."""
    is_turned = ORDER[Stage(first.stage)] > ORDER[Stage(second.stage)]
    return is_turned and first.stage != Stage.ENDED and first.when.certainly_before(second.when)


def _end_without_start(everything: Sequence[Step], new: Step) -> bool:
    """Whether because of ``new`` some end certainly lies before all that began."""
    begun = [one for one in everything if one.stage != Stage.ENDED]
    ends = [
        one for one in everything if one.stage == Stage.ENDED and (one is new or one.when.certainly_before(new.when))
    ]
    return any(begun and all(end.when.certainly_before(one.when) for one in begun) for end in ends)


def _is_divided(one: Step, other: Step, others: Iterable[Step]) -> bool:
    """Whether an end lies between two stages, or between two ends a beginning: then each belongs to a time of its own."""
    first, second = (one, other) if one.when.certainly_before(other.when) else (other, one)
    is_end = one.stage == other.stage == Stage.ENDED
    between = (step for step in others if (step.stage == Stage.ENDED) != is_end and step not in (one, other))
    return any(
        not step.when.certainly_before(first.when) and not second.when.certainly_before(step.when) for step in between
    ) and first.when.certainly_before(second.when)
