"""Contributions come in from a file, marked as on paper. Twice the same file changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.region_folder import Problem, Refused
from andock.search.services import renew

from .. import details, queries, rules
from ..choices import ContributionKind, ContributionState
from ..documents import NAME, idea_group
from ..models import Contribution, Process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

    from ..models import Phase


@dataclass(frozen=True, slots=True)
class Incoming:
    """A contribution of a file, checked but not saved. ``origin`` is where it stood before; ``details`` are tools' columns."""

    line: int
    origin: str
    phase: Phase
    kind: str
    title: str
    text: str
    about: str
    element_id: UUID | None
    municipality: Organisation | None
    sent_at: datetime
    details: Mapping[str, str]


@public_transaction()
def read_in(*, actor: User, process: Process, name: str, found: Sequence[Incoming], now: datetime) -> int:
    """Write what is not here yet, returns how many. How many people they are nobody knows, so they count no people.

    Raises ``Denied``, or ``Refused`` where a tool cannot make its row of one; nothing is written then.
    """
    rules.may_bring_in(actor, process).demand()
    Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    here, problems, made = queries.origins_in(process), [], []
    for one in found:
        if one.origin in here:
            continue
        here.add(one.origin)
        made.append(_written(process, one, now))
        try:
            _put(made[-1], one)
        except ValueError as error:
            problems.append(Problem(name, one.line, "", str(error)))
    if problems:
        raise Refused(problems)
    record(
        actor=actor, action="participation.read_in", thing=process, organisation=process.organisation,
        data={"file": name[:200], "contributions": len(made)},
    )  # fmt: skip
    bump("participation", f"process:{process.slug}", "contributions")
    renew(NAME, *(idea_group(one.pk) for one in made if one.kind == ContributionKind.IDEA))
    return len(made)


def _put(contribution: Contribution, one: Incoming) -> None:
    """Let the tools make their rows. Raises ``ValueError``."""
    if address := details.write(contribution, one.details):
        contribution.address = address
        contribution.save(update_fields=["address"])


def _written(process: Process, one: Incoming, now: datetime) -> Contribution:
    office = one.municipality if process.is_region_wide and one.municipality else process.organisation
    return Contribution.objects.create(
        process=process, phase=one.phase, kind=one.kind, title=one.title, text=one.text, about=one.about, origin=one.origin,
        element_id=one.element_id, municipality=one.municipality, office=office, is_on_paper=True,
        state=ContributionState.PUBLIC, sent_at=one.sent_at, confirmed_at=now, published_at=now,
        address=f"/beteiligung/{process.slug}/",
    )  # fmt: skip
