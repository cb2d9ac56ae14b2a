"""How well solutions fit a municipality: five questions, each answered with a reason in words.

Pure: plain values in, verdicts out. A question whose answer is "yes" counts its weight for a solution, "no" counts it
against, and what nobody knows counts neither way. So the order can be worked out with a pencil.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .choices import SettlementType, SizeClass, SolutionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEAR_KM = 25
"""As the crow flies, between the middles of two municipalities: an hour there and back."""
EARTH_KM = 6371


class Criterion(TextChoices):
    """The questions, in the order they are answered on a page."""

    SIZE = "size", gettext_lazy("Same size")
    SETTLEMENT = "settlement", gettext_lazy("Same settlement type")
    TOPIC = "topic", gettext_lazy("Topic of the local strategy")
    READY = "ready", gettext_lazy("Prerequisites or groundwork are there")
    NEARBY = "nearby", gettext_lazy("In operation nearby")


class Answer(TextChoices):
    MET = "met", pgettext_lazy("criterion", "fits")
    NOT_MET = "not_met", pgettext_lazy("criterion", "does not fit")
    UNKNOWN = "unknown", pgettext_lazy("criterion", "not known")


POINTS = {Answer.MET: 1, Answer.NOT_MET: -1, Answer.UNKNOWN: 0}


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality somebody asks for. ``topics`` is None where it has no local strategy in force.

    ``shares`` are the solutions it owns, takes part in or has taken over; ``has`` are words for what is there, as
    somebody has typed them.
    """

    name: str
    size: str
    district: str = ""
    point: Point | None = None
    settlement: str = ""
    topics: frozenset[str] | None = None
    shares: frozenset[str] = frozenset()
    has: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a solution runs; ``is_certain`` is false where its dates leave that open. Empty: not known."""

    name: str
    district: str = ""
    point: Point | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """What of a solution's card is asked. ``topics`` and ``related`` have names by key."""

    key: str
    title: str
    state: str = ""
    sizes: frozenset[str] = frozenset()
    settlement: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    prerequisites: str = ""
    related: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question, with its reason in words."""

    criterion: Criterion
    answer: Answer
    reason: str
    weight: int

    @property
    def points(self) -> int:
        return self.weight * POINTS[self.answer]


@dataclass(frozen=True, slots=True)
class Fit:
    """A solution with one verdict for each question."""

    offer: Offer
    verdicts: tuple[Verdict, ...]

    @property
    def asked(self) -> list[Verdict]:
        """Those that matter to whoever asks."""
        return [verdict for verdict in self.verdicts if verdict.weight]

    @property
    def points(self) -> int:
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def most(self) -> int:
        """The points if everything fitted."""
        return sum(verdict.weight for verdict in self.verdicts)

    @property
    def score(self) -> float:
        """From 0, nothing fits, to 1, everything does; in the middle where nothing is known or asked."""
        return (self.points + self.most) / (2 * self.most) if self.most else 0.5


def ranked(town: Town, offers: Iterable[Offer], weights: Mapping[str, int]) -> list[Fit]:
    """All of them, what fits best first, equal ones by title."""
    found = (fit(town, offer, weights) for offer in offers)
    return sorted(found, key=lambda one: (-one.points, one.offer.title.casefold(), one.offer.key))


def fit(town: Town, offer: Offer, weights: Mapping[str, int]) -> Fit:
    """The answers for one solution; a question without a weight is not asked."""
    answers = {
        Criterion.SIZE: _size(town, offer),
        Criterion.SETTLEMENT: _settlement(town, offer),
        Criterion.TOPIC: _topic(town, offer),
        Criterion.READY: _ready(town, offer),
        Criterion.NEARBY: _nearby(town, offer),
    }
    return Fit(offer, tuple(Verdict(one, *answers[one], weight=weights.get(one, 0)) for one in Criterion))


def distance(one: Point, other: Point) -> float:
    """Kilometres as the crow flies."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    shrunk = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_KM * asin(sqrt(sin(north / 2) ** 2 + shrunk * sin(east / 2) ** 2))


Reasoned = tuple[Answer, str]


def _size(town: Town, offer: Offer) -> Reasoned:
    if not offer.sizes:
        return Answer.UNKNOWN, _("In which size of municipality it was tried is not known.")
    if town.size in offer.sizes:
        return Answer.MET, _("Tried in a municipality of the same size: %s.") % SizeClass(town.size).label
    sizes = ", ".join(str(size.label) for size in SizeClass if size in offer.sizes)
    return Answer.NOT_MET, _("Tried in other sizes only: %s.") % sizes


def _settlement(town: Town, offer: Offer) -> Reasoned:
    if not offer.settlement:
        return Answer.UNKNOWN, _("In which settlement type it was tried is not known.")
    tried = SettlementType(offer.settlement).label
    if not town.settlement:
        return Answer.UNKNOWN, _("Tried here: %s. You have not said which settlement type yours is.") % tried
    is_same = town.settlement == offer.settlement
    words = _("Tried in the same settlement type: %s.") if is_same else _("Tried in another settlement type: %s.")
    return Answer.MET if is_same else Answer.NOT_MET, words % tried


def _topic(town: Town, offer: Offer) -> Reasoned:
    if town.topics is None:
        return Answer.UNKNOWN, _("%s has no local strategy in force here.") % town.name
    if not town.topics:
        return Answer.UNKNOWN, _("No passage of the strategy of %s names a topic.") % town.name
    if not offer.topics:
        return Answer.UNKNOWN, _("The card names no topic.")
    if shared := [name for key, name in offer.topics.items() if key in town.topics]:
        return Answer.MET, _("In the strategy of %(town)s too: %(topics)s.") % {
            "town": town.name, "topics": _listed(shared),
        }  # fmt: skip
    return Answer.NOT_MET, _("The strategy of %s names other topics.") % town.name


def _ready(town: Town, offer: Offer) -> Reasoned:
    """Never "no": whether something is missing knows only the municipality itself."""
    asked = offer.prerequisites.casefold()
    if there := [word for word in town.has if word.casefold() in asked]:
        return Answer.MET, _("Among the prerequisites, and with you already: %s.") % _listed(there)
    if shared := [title for key, title in offer.related.items() if key in town.shares]:
        return Answer.MET, _("Belongs to what %(town)s already takes part in: %(titles)s.") % {
            "town": town.name, "titles": _listed(shared),
        }  # fmt: skip
    if not offer.prerequisites:
        return Answer.UNKNOWN, _("The card names no prerequisites.")
    told = Truncator(offer.prerequisites).words(20)
    return Answer.UNKNOWN, _("Only you know whether this is there: %s") % told


def _nearby(town: Town, offer: Offer) -> Reasoned:
    if not offer.places:
        return _nowhere(offer.state)
    near = [place for place in offer.places if _is_near(town, place)]
    if certain := [place for place in near if place.is_certain]:
        return Answer.MET, _("In operation nearby: %s.") % _listed(_placed(town, place) for place in certain)
    if near:
        return Answer.UNKNOWN, _("Perhaps in operation nearby: %s.") % _listed(_placed(town, place) for place in near)
    names = _listed(place.name for place in offer.places)
    if any(not place.district and place.point is None for place in offer.places):
        return Answer.UNKNOWN, _("In operation at %s; how far away that is, is not known.") % names
    return Answer.NOT_MET, _("In operation farther away only: %s.") % names


def _nowhere(state: str) -> Reasoned:
    if state == SolutionState.UNKNOWN:
        return Answer.UNKNOWN, _("Whether it is in operation anywhere is not known.")
    return Answer.NOT_MET, _("Not in operation anywhere (%s).") % SolutionState(state).label


def _is_near(town: Town, place: Place) -> bool:
    is_in_district = bool(town.district) and place.district == town.district
    if town.point is None or place.point is None:
        return is_in_district
    return is_in_district or distance(town.point, place.point) <= NEAR_KM


def _placed(town: Town, place: Place) -> str:
    """The place, with what makes it near."""
    if town.point and place.point:
        words = _("%(name)s (%(km)d km)")
        return words % {"name": place.name, "km": round(distance(town.point, place.point))}
    return _("%s (same district)") % place.name


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words, key=str.casefold))
