"""Solutions as lists show them: one card each, with how far it is, whether it can be taken over, and how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.design.choices import Mark

from .choices import SolutionState
from .models import Solution
from .reuse import Reuse, reuse_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

ICONS = {
    SolutionState.OPERATION: ("tick", "so-running"),
    SolutionState.PILOT: ("half", "so-running"),
    SolutionState.IMPLEMENTING: ("half", "so-coming"),
    SolutionState.PLANNED: ("clock", "so-coming"),
    SolutionState.IDEA: ("undecided", "so-coming"),
    SolutionState.FINISHED: ("tick", "so-over"),
    SolutionState.STOPPED: ("declined", "so-over"),
    SolutionState.UNKNOWN: ("undecided", "so-over"),
}
"""Icon and class of each state; the word stands beside it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A solution with the words around it."""

    solution: Solution
    mark: Mark
    reuse: Reuse
    freshness: str
    is_stale: bool


def card(solution: Solution, today: date) -> Card:
    """The documents must be at hand."""
    return Card(
        solution=solution,
        mark=mark(solution.state),
        reuse=reuse_of(solution, today),
        freshness=freshness(solution),
        is_stale=solution.is_stale(today),
    )


def cards(solutions: Iterable[Solution], today: date) -> list[Card]:
    return [card(solution, today) for solution in solutions]


def mark(state: str) -> Mark:
    """How far it is, with its icon."""
    found = SolutionState(state)
    return Mark(found.label, *ICONS[found])


def freshness(solution: Solution) -> str:
    """Since when what stands here is known to be true."""
    if solution.confirmed_on:
        return _("confirmed on %s") % date_format(solution.confirmed_on, "DATE_FORMAT")
    if solution.source_date:
        return _("source of %s") % solution.source_date
    return _("date not known")


def lines(solutions: Iterable[Solution]) -> list[tuple[Solution, Mark]]:
    """For lists in few words: each with how far it is."""
    return [(solution, mark(solution.state)) for solution in solutions]
