"""A collection of ideas that comes from a region's folder. One that is there already stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from andock.kernel.pagecache.versions import bump, public_transaction
from andock.knowledge.queries import published_solutions
from andock.participation.choices import ContributionKind, PhaseKind
from andock.participation.documents import NAME, idea_group
from andock.participation.queries import phase_of, process_at
from andock.participation.services import contributing, people
from andock.participation.services.inventing import invented_answer, invented_people
from andock.participation.services.loading import load_process
from andock.participation.services.people import Introduction
from andock.search.services import renew

from .. import queries, rules
from ..models import Idea, Support
from .entering import Sheet, address_pattern, idea_writer, remark_writer
from .merging import merge
from .supporting import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from andock.organisations.models import Organisation, Term
    from andock.participation.models import Contribution, Participant, Process

    from ..models import Remark


@dataclass(frozen=True, slots=True)
class IncomingRemark:
    """A remark with what answers it."""

    stand: str
    text: str
    answers: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class IncomingIdea:
    """An idea as a file describes it, references resolved. ``into``: the title of the one it became part of."""

    title: str
    text: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    topic: Term | None = None
    municipality: Organisation | None = None
    status: str = "new"
    supports: int = 0
    into: str = ""
    remarks: Sequence[IncomingRemark] = ()
    answer: Mapping[str, str] | None = None
    solutions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IncomingCollection:
    """A process with its phases and ideas."""

    fields: Mapping[str, Any]
    terms: Sequence[Term]
    phases: Sequence[Mapping[str, Any]]
    ideas: Sequence[IncomingIdea]
    now: datetime


@public_transaction()
def load_collection(*, incoming: IncomingCollection, people: Sequence[str]) -> bool:
    """Publish the process with everything people did; returns whether it was not there yet."""
    begun = min(one["starts_at"] for one in incoming.phases)
    made = load_process(fields=incoming.fields, terms=incoming.terms, phases=incoming.phases, published_at=begun)
    if made is None:
        return False
    process = process_at(made.slug)
    assert process is not None, "It was made just now."
    crowd = invented_people(people, begun)
    _Loading(process, crowd, incoming.now).load(incoming.ideas)
    return True


class _Loading:
    """The ideas of one process, one after the other, each by somebody else."""

    def __init__(self, process: Process, crowd: Sequence[Participant], now: datetime) -> None:
        self.process, self.crowd, self.now = process, crowd, now
        self.authors: Iterator[Participant] = cycle(crowd)
        self.made: dict[str, Idea] = {}

    def load(self, ideas: Sequence[IncomingIdea]) -> None:
        for place, incoming in enumerate(ideas):
            self.made[incoming.title] = self._idea(incoming, self._moment(PhaseKind.IDEAS, place, len(ideas)))
        for place, incoming in enumerate(ideas):
            self._what_followed(self.made[incoming.title], incoming, place)
        for incoming in ideas:
            if incoming.into:
                merge(self.made[incoming.title], self.made[incoming.into], self.now)
        renew(NAME, *(idea_group(idea.pk) for idea in self.made.values()))
        bump("idea_links")
        changed(self.process)

    def _moment(self, kind: str, place: int, places: int) -> datetime:
        """Spread over what has passed of a phase."""
        phase = phase_of(self.process, kind)
        assert phase is not None, "The file names it."
        end = min(phase.ends_at, self.now)
        return phase.starts_at + (end - phase.starts_at) * (place + 1) / (places + 2)

    def _idea(self, incoming: IncomingIdea, at: datetime) -> Idea:
        sheet = Sheet(
            topic=incoming.topic, place=incoming.place, latitude=incoming.latitude, longitude=incoming.longitude
        )
        contribution = self._said(
            ContributionKind.IDEA, incoming.text, at, address_pattern(self.process), title=incoming.title,
            about=self.process.title, municipality=incoming.municipality, detail=idea_writer(sheet),
        )  # fmt: skip
        Idea.objects.filter(pk=contribution.pk).update(status=incoming.status)
        found = queries.idea(self.process, contribution.pk)
        assert found is not None, "It was made just now."
        found.solutions.set(published_solutions().filter(slug__in=list(incoming.solutions)))
        return found

    def _said(self, kind: str, text: str, at: datetime, address: str, **more: Any) -> Contribution:
        author = next(self.authors)
        phase = phase_of(self.process, PhaseKind.IDEAS)
        assert phase is not None, "The file names it."
        return contributing.submit(
            person=Introduction(known=author), phase=phase, kind=kind, text=text, now=at, address=address,
            request_key=uuid5(NAMESPACE_URL, f"{self.process.slug} {author.pk}"), **more,
        )  # fmt: skip

    def _what_followed(self, idea: Idea, incoming: IncomingIdea, place: int) -> None:
        at = self._moment(PhaseKind.IDEAS, len(self.made), len(self.made))
        for one in incoming.remarks:
            said = self._remark(idea, one.stand, one.text, at, None)
            for answer in one.answers:
                self._remark(idea, answer["stand"], answer["text"], at, said)
        self._supports(idea, incoming.supports, place)
        if incoming.answer:
            invented_answer(
                process=self.process, office=idea.contribution.office, contributions=[idea.contribution],
                given_at=self.now, **incoming.answer,
            )  # fmt: skip

    def _remark(self, idea: Idea, stand: str, text: str, at: datetime, answers_to: Remark | None) -> Remark:
        said = self._said(
            ContributionKind.REMARK, text, at, f"{idea.contribution.address}#beitrag-{{pk}}",
            about=idea.contribution.title, municipality=idea.contribution.municipality,
            detail=remark_writer(idea, stand, answers_to),
        )  # fmt: skip
        return queries.remark(said.pk)

    def _supports(self, idea: Idea, number: int, place: int) -> None:
        phase = rules.support_phase(self.process)
        assert phase is not None, "The file names one."
        at = self._moment(phase.kind, 0, 1)
        first = place * 7 % len(self.crowd)
        chosen = [*self.crowd[first:], *self.crowd[:first]][:number]
        Support.objects.bulk_create(Support(idea=idea, participant=one, supported_at=at) for one in chosen)
        for one in chosen:
            people.count_in(one, phase, at)
