"""The figures of transfers by topic of the card and by size of the receiver, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .choices import SizeClass
from .figures import InOperation, LeadTime, grouped, in_operation, lead_times, typical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from andock.organisations.models import Organisation, Term

    from .figures import Told
    from .models import TransferStage


@dataclass(frozen=True, slots=True)
class Tally:
    """A row: its word, where it leads, how many organisations, and the middle of their lead times."""

    word: str
    slug: str
    counted: InOperation
    lead_time: LeadTime | None

    @property
    def posts(self) -> list[bool]:
        """One for each organisation that certainly has it in operation: whether it says so itself."""
        confirmed, reported = self.counted.confirmed.certain, self.counted.reported.certain
        return [True] * confirmed + [False] * (reported - confirmed)


def by_topic(rows: Sequence[Told], day: date, terms: Mapping[UUID, Sequence[Term]]) -> list[Tally]:
    """Under every term of the card, by word. One word is one row, whatever vocabularies have it."""
    words = {str(solution): {term.slug: str(term) for term in carried} for solution, carried in terms.items()}
    labels = {slug: word for carried in words.values() for slug, word in carried.items()}
    found = grouped(rows, lambda row: words.get(row.solution, {}))
    return _tallies(((labels[slug], slug, found[slug]) for slug in sorted(found, key=labels.__getitem__)), day)


def by_size(rows: Sequence[Told], day: date, stages: Iterable[TransferStage]) -> list[Tally]:
    """Under the class of the receiver, the small ones first; those that are no municipality of the region last."""
    sizes = {stage.transfer.receiver.key: size_of(stage.transfer.receiver) for stage in stages}
    found = grouped(rows, lambda row: (sizes[row.receiver],))
    order = [*(size for size in SizeClass if size), SizeClass.UNKNOWN]
    words = {size: str(size.label) for size in SizeClass} | {SizeClass.UNKNOWN: _("number of people not known here")}
    return _tallies(((words[size], "", found[size]) for size in order if size in found), day)


def _tallies(groups: Iterable[tuple[str, str, Sequence[Told]]], day: date) -> list[Tally]:
    """Those of the groups in which something is or may be in operation."""
    found = (Tally(word, slug, in_operation(rows, day), typical(lead_times(rows, day))) for word, slug, rows in groups)
    return [tally for tally in found if tally.counted.reported.possible]


def size_of(organisation: Organisation) -> SizeClass:
    """By its newest number of people; only municipalities of the region have one here."""
    town = getattr(organisation, "municipality", None)
    return SizeClass.of(town.population if town else None)
