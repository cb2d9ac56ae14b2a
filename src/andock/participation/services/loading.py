"""Processes that come from a region's folder. One that is there already stays as the office keeps it.

Those of the demonstration bring invented people along, what they said and what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.kernel.text import email_key, slugify
from andock.search.services import renew

from ..choices import ContributionState, Publication
from ..documents import NAME
from ..models import Answered, Contribution, Involvement, Participant, Phase, Process, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from andock.organisations.models import Organisation, Term


@dataclass(frozen=True, slots=True)
class IncomingContribution:
    """What an invented person said in the phase of a kind; ``key`` is what answers call it.

    ``fields`` are of the row: kind, text, about, title, element_id, municipality. ``address`` may hold ``{pk}``. ``detail``
    writes the tool's own row.
    """

    key: str
    phase: str
    by: str
    at: datetime
    address: str
    fields: Mapping[str, Any]
    detail: Callable[[Contribution], object] | None = None


@dataclass(frozen=True, slots=True)
class IncomingResponse:
    """An answer to contributions by their keys; ``fields`` are of the row: stance, reason, element_id, edition."""

    to: Sequence[str]
    at: datetime
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IncomingProcess:
    """A published process. ``phases`` are rows of its phases; ``prepare`` runs when they are there, before anybody speaks."""

    fields: Mapping[str, Any]
    phases: Sequence[Mapping[str, Any]]
    terms: Sequence[Term] = ()
    contributions: Sequence[IncomingContribution] = ()
    responses: Sequence[IncomingResponse] = ()
    homes: Mapping[str, Organisation] = field(default_factory=dict)
    prepare: Callable[[Process], object] | None = None


def load_process(
    *, fields: Mapping[str, Any], terms: Iterable[Term], phases: Iterable[Mapping[str, Any]], published_at: datetime
) -> Process | None:
    """Publish a process with its phases; None where its slug is taken. Runs in the caller's public transaction.

    Raises ``ValidationError`` where something in it does not fit.
    """
    if Process.objects.filter(slug=fields["slug"]).exists():
        return None
    process = Process(publication=Publication.PUBLISHED, published_at=published_at, changed_at=published_at, **fields)
    process.full_clean()
    process.save(force_insert=True)
    process.terms.set(list(terms))
    for values in phases:
        phase = Phase(process=process, **values)
        phase.full_clean()
        phase.save(force_insert=True)
    bump("participation", f"process:{process.slug}")
    renew(NAME, str(process.pk))
    return process


@public_transaction()
def load_invented(*, incoming: IncomingProcess, now: datetime) -> bool:
    """Write it all, marked as demonstration; a process with this slug stays as it is. Returns whether it was made."""
    published_at = min(now, *(phase["starts_at"] for phase in incoming.phases))
    fields = {"is_demonstration": True} | dict(incoming.fields)
    process = load_process(fields=fields, terms=incoming.terms, phases=incoming.phases, published_at=published_at)
    if process is None:
        return False
    phases = {phase.kind: phase for phase in process.phases.all()}
    if incoming.prepare:
        incoming.prepare(process)
    made = {one.key: _say(phases[one.phase], one, incoming.homes.get(one.by)) for one in incoming.contributions}
    for response in incoming.responses:
        _answer(process, response, [made[key] for key in response.to])
    bump("contributions")
    return True


def invented(name: str, at: datetime) -> Participant:
    """Somebody with a confirmed address that reaches nobody; the same name is the same person."""
    email = f"{slugify(name)}@example.org"
    values = {"email": email, "pseudonym": name, "created_at": at, "confirmed_at": at}
    return Participant.objects.get_or_create(email_key=email_key(email), defaults=values)[0]


def _say(phase: Phase, one: IncomingContribution, home: Organisation | None) -> Contribution:
    person = invented(one.by, one.at)
    Involvement.objects.get_or_create(
        phase=phase, participant=person, defaults={"began_at": one.at, "confirmed_at": one.at, "municipality": home}
    )
    contribution = Contribution.objects.create(
        process=phase.process, phase=phase, participant=person, state=ContributionState.PUBLIC, sent_at=one.at,
        confirmed_at=one.at, published_at=one.at,
        **{"office": phase.process.organisation} | dict(one.fields),
    )  # fmt: skip
    contribution.address = one.address.format(pk=contribution.pk)
    contribution.save(update_fields=["address"])
    if one.detail:
        one.detail(contribution)
    return contribution


def _answer(process: Process, one: IncomingResponse, contributions: list[Contribution]) -> None:
    """Nobody is told by mail: the people are invented."""
    response = Response.objects.create(process=process, office=process.organisation, given_at=one.at, **one.fields)
    Answered.objects.bulk_create(
        Answered(response=response, contribution=contribution, told_at=one.at) for contribution in contributions
    )
