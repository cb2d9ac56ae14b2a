"""What tools say of their contributions beside what the frame knows: columns of tables and of open data.

A module names one ``Details`` in its manifest (``contribution_details``). Everybody may read all of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andock.kernel.modules import contribution_details

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.utils.functional import Promise

    from .models import Contribution


@dataclass(frozen=True, slots=True)
class Details:
    """One module's columns.

    ``columns``: by its name in files what a column says, in words people read. ``read`` gives the values by contribution,
    with one query for all of them. ``on_paper`` are those that stand in the table for the council.
    ``write`` is asked for every contribution that is read from a file, in the order of the file: it makes the module's own
    row of the values and returns the public page it stands on (``""`` for what is not its own), or raises ``ValueError``
    with a sentence where they do not fit. ``taken_back`` is told of every contribution that was taken back, in the same
    transaction: what the module keeps beside the words goes with them.
    """

    columns: Mapping[str, str | Promise]
    read: Callable[[Collection[Contribution]], Mapping[int, Mapping[str, Any]]]
    on_paper: tuple[str, ...] = ()
    write: Callable[[Contribution, Mapping[str, str]], str] | None = None
    taken_back: Callable[[Contribution], object] | None = None


def columns() -> dict[str, str]:
    """Every column of every tool with its words."""
    return {name: str(words) for one in contribution_details() for name, words in one.columns.items()}


def paper_columns() -> dict[str, str]:
    """Those that a council reads."""
    return {name: str(one.columns[name]) for one in contribution_details() for name in one.on_paper}


def values_of(contributions: Collection[Contribution]) -> dict[int, dict[str, Any]]:
    """What all tools say of each contribution, by its number."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for one in contribution_details():
        for pk, values in one.read(contributions).items():
            found[pk] |= values
    return found


def write(contribution: Contribution, values: Mapping[str, str]) -> str:
    """Let every tool make its own row; returns the page the contribution stands on, if a tool has one. Raises ``ValueError``."""
    addresses = [one.write(contribution, values) for one in contribution_details() if one.write]
    return next(filter(None, addresses), "")


def taken_back(contribution: Contribution) -> None:
    """Let every tool take away what it keeps beside the words. Runs in the transaction that takes them back."""
    for one in contribution_details():
        if one.taken_back:
            one.taken_back(contribution)
