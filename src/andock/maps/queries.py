"""Places by name, drawn plans, and which part of the earth is ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.organisations.queries import municipalities

from .mercator import box_around
from .models import NamedPlace, StreetPlan
from .naming import asked, searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from andock.organisations.models import Municipality, Organisation

    from .mercator import Box

MOST_FOUND, MOST_READ = 8, 400
MOST_LETTERS, MOST_WORDS = 200, 8
"""So much of what somebody asks for is looked at: each word costs, and anybody may ask."""
AROUND_A_TOWN, AROUND_THE_REGION = 0.06, 0.15
"""Degrees: where no border is known, a municipality is what lies some five kilometres around its point."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with a name; ``attribution`` is that of the gazetteer, empty for a municipality."""

    name: str
    kind: str
    latitude: float
    longitude: float
    attribution: str = ""


def places_named(text: str, near: Organisation | None = None) -> list[FoundPlace]:
    """Places whose names have words that begin with each word of ``text``: the same name first, then what is nearest."""
    text = text[:MOST_LETTERS]
    words = asked(text)[:MOST_WORDS]
    if not words:
        return []
    centre = _point_of(near)

    def rank(place: FoundPlace) -> tuple[bool, float, str]:
        away = (place.latitude - centre[0]) ** 2 + (place.longitude - centre[1]) ** 2 if centre else 0
        return searched(place.name) != searched(text), away, place.name

    return sorted([*_towns(words), *_gazetteer(words)], key=rank)[:MOST_FOUND]


def has_gazetteer() -> bool:
    return NamedPlace.objects.exists()


def plans() -> QuerySet[StreetPlan]:
    return StreetPlan.objects.order_by("name")


def area_of_region() -> Box | None:
    """The part of the earth around all municipalities; None where none has a place."""
    return area_around(municipalities(), is_region=True)


def area_around(towns: Iterable[Municipality], *, is_region: bool) -> Box | None:
    """The part of the earth around these municipalities' points, with some more around it."""
    places = [(town.longitude, town.latitude) for town in towns]
    box = box_around((longitude, latitude) for longitude, latitude in places if None not in (longitude, latitude))
    return box.grown(AROUND_THE_REGION if is_region else AROUND_A_TOWN) if box else None


def _point_of(organisation: Organisation | None) -> tuple[float, float] | None:
    town: Municipality | None = municipalities().filter(organisation=organisation).first() if organisation else None
    return (
        (town.latitude, town.longitude) if town and town.latitude is not None and town.longitude is not None else None
    )


def _towns(words: list[str]) -> Iterator[FoundPlace]:
    for town in municipalities():
        name = town.organisation.name
        if town.latitude is not None and town.longitude is not None and _fits(searched(name), words):
            yield FoundPlace(name, _("Municipality"), town.latitude, town.longitude)


def _gazetteer(words: list[str]) -> Iterator[FoundPlace]:
    found = NamedPlace.objects.all()
    for word in words:
        found = found.filter(words__contains=f" {word}")
    for one in found.order_by("pk")[:MOST_READ]:
        yield FoundPlace(one.name, one.kind, one.latitude, one.longitude, one.attribution)


def _fits(name: str, words: list[str]) -> bool:
    return all(f" {word}" in name for word in words)
