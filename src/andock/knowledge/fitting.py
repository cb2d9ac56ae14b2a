"""What the likeness is worked out from: one municipality and all published cards, as plain values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.local_strategies.queries import resolved_version, versions_in_force
from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import term_keys

from . import figures, queries
from .choices import SizeClass, SolutionState, Stage
from .likeness import Offer, Place, Point, Town, ranked
from .models import Solution
from .transfers import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from andock.organisations.models import Municipality, Organisation, Term

    from .likeness import Fit
    from .models import TransferStage

TRIED = frozenset(
    {SolutionState.OPERATION, SolutionState.PILOT, SolutionState.IMPLEMENTING, SolutionState.FINISHED}
)  # fmt: skip
"""States in which the owner of a card has tried it, so that its size says something."""
TAKEN = frozenset({Stage.DECIDED, Stage.IMPLEMENTING, Stage.IN_OPERATION})
"""Stages from which on nobody has to be told of a solution any more."""
ASKED = (
    "slug", "title", "benefit", "kind", "state", "size_class", "settlement_type", "prerequisites", "is_demonstration",
    "organisation__name", "organisation__slug", "organisation__kind", "organisation__district",
    "organisation__municipality__population", "organisation__municipality__latitude",
    "organisation__municipality__longitude",
)  # fmt: skip
"""What is read of every card: without its long texts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    municipality: Municipality
    weights: Mapping[str, int]
    terms: Sequence[Term] = ()
    settlement: str = ""
    has: tuple[str, ...] = ()


def fitting(wish: Wish, today: date) -> list[tuple[Solution, Fit]]:
    """The cards of others, what fits best first: without those the municipality owns, shares or has taken over."""
    stages = {str(stage.pk): stage for stage in queries.told_stages()}
    known = figures.as_known(map(told, stages.values()), today)
    running = _running(stages, known, today)
    shares = _shares(wish.municipality.organisation, known, today)
    cards = {str(card.pk): card for card in _cards(wish.terms) if str(card.pk) not in shares}
    beside = _Beside.read(shares)
    offers = [_offer(card, running.get(key, []), beside) for key, card in cards.items()]
    found = ranked(_town(wish, shares), offers, wish.weights)
    return [(cards[fit.offer.key], fit) for fit in found]


# --- the municipality -------------------------------------------------------------------------------------------------
def _town(wish: Wish, shares: frozenset[str]) -> Town:
    organisation = wish.municipality.organisation
    return Town(
        name=organisation.name, size=SizeClass.of(wish.municipality.population), district=_district(organisation),
        point=_point(organisation), settlement=wish.settlement, topics=_topics(organisation), shares=shares,
        has=wish.has,
    )  # fmt: skip


def _topics(organisation: Organisation) -> frozenset[str] | None:
    """The topics of all that is printed in its strategy in force: adopted, adapted or its own. None without one."""
    version = versions_in_force().filter(strategy__organisation=organisation).first()
    if version is None:
        return None
    return frozenset(term for passage in resolved_version(version).passages for term in passage.element.terms)


def _shares(organisation: Organisation, known: Sequence[figures.Told], today: date) -> frozenset[str]:
    """The cards it owns, takes part in, has taken over or is about to."""
    own = queries.solutions_in(queries.published_solutions(), organisation).values_list("pk", flat=True)
    last = figures.reached(known, today).values()
    taken = {row.solution for row in last if row.receiver == organisation.key and row.stage in TAKEN}
    return frozenset(map(str, own)) | taken


# --- the cards --------------------------------------------------------------------------------------------------------
def _cards(terms: Sequence[Term]) -> Iterable[Solution]:
    found = queries.published_solutions().select_related("organisation__municipality").only(*ASKED)
    return queries.solutions_carrying(found, terms) if terms else found


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the cards, by their ids: the keys of their topics, and what of one's own is related to them.

    Read as pairs: of some thousand cards Django makes a row of a model for each of their topics, which takes seconds.
    """

    names: Mapping[str, str]
    topics: Mapping[UUID, list[str]]
    related: Mapping[UUID, dict[str, str]]

    @classmethod
    def read(cls, shares: frozenset[str]) -> _Beside:
        terms = {term.pk: term for term in term_keys().values()}
        topics: defaultdict[UUID, list[str]] = defaultdict(list)
        for card, term in queries.topics_of_solutions():
            topics[card].append(terms[term].key)
        related: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
        for card, other, title in queries.related_to_any(shares):
            related[card][str(other)] = title
        return cls({term.key: str(term) for term in terms.values()}, topics, related)


def _offer(card: Solution, runs: Sequence[_Run], beside: _Beside) -> Offer:
    return Offer(
        key=str(card.pk), title=card.title, state=card.state, sizes=_sizes(card, runs),
        settlement=card.settlement_type, topics={key: beside.names[key] for key in beside.topics.get(card.pk, ())},
        prerequisites=card.prerequisites, related=beside.related.get(card.pk, {}),
        places=_places(card, runs),
    )  # fmt: skip


def _sizes(card: Solution, runs: Sequence[_Run]) -> frozenset[str]:
    """The classes it was tried in: as its card says, else at its owner's, and wherever it was taken over to."""
    tried = [run.receiver for run in runs if run.is_certain]
    if card.state in TRIED and not card.size_class:
        tried.append(card.organisation)
    towns = [found for place in tried if (found := getattr(place, "municipality", None))]
    said = {card.size_class} if card.size_class else set()
    return frozenset(said | {str(SizeClass.of(town.population)) for town in towns})


def _places(card: Solution, runs: Sequence[_Run]) -> tuple[Place, ...]:
    """Where it is in operation: at its owner's, and wherever it was taken over to."""
    own = [_place(card.organisation)] if card.state == SolutionState.OPERATION else []
    return (*own, *(_place(run.receiver, is_certain=run.is_certain) for run in runs))


def _place(organisation: Organisation, *, is_certain: bool = True) -> Place:
    return Place(organisation.name, _district(organisation), _point(organisation), is_certain)


def _district(organisation: Organisation) -> str:
    """The district it lies in; a district is its own."""
    is_district = organisation.kind == OrganisationKind.DISTRICT
    found = organisation.pk if is_district else organisation.district_id
    return str(found) if found else ""


def _point(organisation: Organisation) -> Point | None:
    town = getattr(organisation, "municipality", None)
    return Point(town.latitude, town.longitude) if town else None


# --- what runs elsewhere ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Run:
    """Somebody has, or may have, taken a card over and runs it."""

    receiver: Organisation
    is_certain: bool


def _running(stages: Mapping[str, TransferStage], known: Sequence[figures.Told], today: date) -> dict[str, list[_Run]]:
    """Who runs what they have taken over, by the key of the card."""
    certain: dict[tuple[str, int], Organisation] = {}
    possible: dict[tuple[str, int], Organisation] = {}
    for one in figures.running(known, today):
        receiver = stages[one.told.key].transfer.receiver
        (certain if one.is_certain else possible)[one.told.solution, receiver.pk] = receiver
    found: defaultdict[str, list[_Run]] = defaultdict(list)
    for ends, receiver in (possible | certain).items():
        found[ends[0]].append(_Run(receiver, ends in certain))
    return found
