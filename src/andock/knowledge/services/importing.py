"""Cards from a file, written in steps: whoever is stopped begins again, and what is there already stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.queries import the_region

from .. import queries, rules
from ..addresses import short_name
from ..choices import Publication
from ..documents import renew_all
from ..models import Solution, SolutionDocument
from ..references import solution_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from ..exchange import Incoming

STEP = 100


@dataclass(slots=True)
class Progress:
    """How far an import is."""

    created: int = 0
    unchanged: int = 0
    total: int = 0

    @property
    def done(self) -> int:
        return self.created + self.unchanged


@public_transaction()
def import_solutions(*, actor: User, organisation: Organisation, found: Sequence[Incoming], now: datetime) -> Progress:
    """The cards of a file of one organisation, all at once. Raises ``Denied``."""
    rules.may_keep_solutions(actor, organisation).demand()
    *_steps, last = [Progress(), *steps(found, now)]
    record(
        actor=actor, action="knowledge.solutions_imported", thing=organisation, organisation=organisation,
        data={"number": last.created},
    )  # fmt: skip
    return last


def steps(found: Sequence[Incoming], now: datetime) -> Iterator[Progress]:
    """Write the cards, so many in each transaction; tells after each how far it is."""
    progress = Progress(total=len(found))
    wanted = _wanted(found)
    for start in range(0, len(found), STEP):
        batch = found[start : start + STEP]
        created = _write(batch, wanted, now)
        progress.created += created
        progress.unchanged += len(batch) - created
        yield progress


def recorded_steps(found: Sequence[Incoming], now: datetime) -> Iterator[Progress]:
    """As ``steps``, for the command line: each that writes leaves a trace with the region."""
    before = 0
    for progress in steps(found, now):
        if progress.created > before:
            _record_step(progress.created - before)
            before = progress.created
        yield progress


@transaction.atomic
def _record_step(number: int) -> None:
    region = the_region()
    if region:
        record(
            actor=None, action="knowledge.solutions_imported", thing=region.organisation,
            organisation=region.organisation, data={"number": number},
        )  # fmt: skip


def _wanted(found: Sequence[Incoming]) -> dict[str, set[str]]:
    """Which cards of the file belong together, whichever of both names the other."""
    wanted: dict[str, set[str]] = {}
    for incoming in found:
        for other in incoming.related:
            wanted.setdefault(incoming.solution.key, set()).add(other)
            wanted.setdefault(other, set()).add(incoming.solution.key)
    return wanted


@public_transaction()
def _write(batch: Sequence[Incoming], wanted: Mapping[str, set[str]], now: datetime) -> int:
    """Write those that are not there yet; returns how many."""
    codes = queries.known_codes()
    there = queries.existing_ids(incoming.solution.pk for incoming in batch)
    new = [one for one in batch if one.solution.code not in codes and one.solution.pk not in there]
    if not new:
        return 0
    taken = queries.taken_slugs()
    for incoming in new:
        _prepare(incoming.solution, taken, now)
    Solution.objects.bulk_create(incoming.solution for incoming in new)
    _write_links(new)
    _relate(new, wanted)
    renew_all(*(incoming.solution for incoming in new))
    bump("solutions", "guides")
    return len(new)


def _prepare(solution: Solution, taken: set[str], now: datetime) -> None:
    if not solution.slug or solution.slug in taken:
        solution.slug = short_name(solution.slug or solution.title, taken)
    taken.add(solution.slug)
    solution.changed_at = now
    solution.published_at = now if solution.publication != Publication.DRAFT else None


def _write_links(new: Sequence[Incoming]) -> None:
    for name, column in (("partners", "organisation_id"), ("terms", "term_id"), ("elements", "element_id"), ("events", "event_id")):  # fmt: skip
        through = getattr(Solution, name).through
        through.objects.bulk_create(
            through(**{"solution_id": incoming.solution.pk, column: getattr(thing, "pk", thing)})
            for incoming in new
            for thing in dict.fromkeys(incoming.links.get(name, ()))
        )
    documents = [(incoming.solution, document) for incoming in new for document in incoming.documents]
    for solution, document in documents:
        document.solution = solution
    SolutionDocument.objects.bulk_create(document for _solution, document in documents)


def _relate(new: Sequence[Incoming], wanted: Mapping[str, set[str]]) -> None:
    """Tie the new cards to those that are there; whoever comes later ties itself."""
    asked = {other for incoming in new for other in wanted.get(incoming.solution.key, ())}
    ids = solution_ids(asked)
    pairs: set[tuple[UUID, UUID]] = set()
    for incoming in new:
        others = (ids.get(other) for other in wanted.get(incoming.solution.key, ()))
        for other in others:
            if other and other != incoming.solution.pk:
                pairs |= {(incoming.solution.pk, other), (other, incoming.solution.pk)}
    through = Solution.related.through
    through.objects.bulk_create(
        (through(from_solution_id=one, to_solution_id=other) for one, other in sorted(pairs)), ignore_conflicts=True
    )
