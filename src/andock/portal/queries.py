"""What the portal's pages show, gathered from the modules below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate

from andock.design.tilemap import Tile, TileMap
from andock.organisations.choices import VocabularyName
from andock.organisations.queries import boundaries, municipalities_on, terms
from andock.strategy.choices import ElementType
from andock.strategy.queries import Participation, by_organisation, elements_of_type, participation_on, periods_on

if TYPE_CHECKING:
    from andock.organisations.models import District, Municipality, Term
    from andock.strategy.models import DockingPeriod, Edition, ElementVersion

FULL_LIST_LIMIT = 150
"""Up to this many municipalities the home page lists them all; above, it shows the districts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A municipality with what it is in the framework on one day; ``period`` is None while it takes no part.

    ``is_open``: its dates are too imprecise to say whether the period covers the day.
    """

    municipality: Municipality
    period: DockingPeriod | None
    url: str
    is_open: bool = False

    @property
    def name(self) -> str:
        return self.municipality.organisation.name

    @property
    def role(self) -> str:
        return self.period.role if self.period else "none"


def entries(periods: Iterable[DockingPeriod], day: date) -> list[Entry]:
    """The municipalities of a day by name with their role by the periods of that day."""
    roles = by_organisation(periods)
    return [_entry(town, roles.get(town.pk), day) for town in municipalities_on(day)]


def _entry(municipality: Municipality, period: DockingPeriod | None, day: date) -> Entry:
    address = reverse("portal:municipality", args=[municipality.organisation.slug])
    is_open = period is not None and not period.certainly_covers(day)
    return Entry(municipality, period, address, is_open)


@dataclass(frozen=True, slots=True)
class Overview:
    """Who takes part in the region on one day; ``map`` is None where a region has no positions."""

    periods: Sequence[DockingPeriod]
    entries: Sequence[Entry]
    groups: Sequence[tuple[District, list[Entry]]]
    participation: Participation
    map: TileMap | None

    @property
    def has_open(self) -> bool:
        """Whether somebody's role is possible only, so that the legend must explain it."""
        return any(entry.is_open for entry in self.entries)


def overview_on(day: date) -> Overview:
    """Everybody's role on ``day``, read in two queries however large the region."""
    periods = periods_on(day)
    found = entries(periods, day)
    drawn = tiles(found)
    return Overview(
        periods=periods,
        entries=found,
        groups=by_district(found),
        participation=participation_on(day, [entry.municipality for entry in found], periods),
        map=TileMap.of(drawn) if drawn else None,
    )


def by_district(entries: Iterable[Entry]) -> list[tuple[District, list[Entry]]]:
    """The entries under their districts, both by name."""
    groups: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.municipality.organisation.district].append(entry)
    return sorted(groups.items(), key=lambda group: str(group[0] or ""))


def tiles(entries: Sequence[Entry]) -> tuple[Tile, ...]:
    """The entries as tiles of the schematic map; none where a region has no positions."""
    return tuple(
        Tile(
            col=entry.municipality.tile_column,
            row=entry.municipality.tile_row,
            code=entry.municipality.tile_code or entry.name[:3],
            label=entry.municipality.tile_label or entry.name,
            role=entry.role,
            url=entry.url,
            district=str(entry.municipality.organisation.district or ""),
            title=entry.name,
            key=entry.municipality.ags,
            is_open=entry.is_open,
        )
        for entry in entries
        if entry.municipality.tile_column is not None and entry.municipality.tile_row is not None
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """The strategy on one look. The first goal of the edition is its overall goal."""

    overall: ElementVersion | None
    goals: Sequence[ElementVersion]
    principles: Sequence[Term]
    fields: Sequence[Term]


MOST_GOALS = 8
"""A glance is short; the whole strategy is one link away."""


def at_a_glance(edition: Edition) -> Glance:
    """What a newcomer should see first of an edition, with the vocabularies it is ordered by."""
    goals = list(elements_of_type(edition, ElementType.GOAL)[: MOST_GOALS + 1])
    words = list(terms())
    return Glance(
        overall=goals[0] if goals else None,
        goals=goals[1:],
        principles=[term for term in words if term.vocabulary == VocabularyName.PRINCIPLES],
        fields=[term for term in words if term.vocabulary == VocabularyName.FIELDS],
    )


def similar(entry: Entry, entries: Iterable[Entry], number: int = 5) -> list[Entry]:
    """The municipalities nearest in population, without ranking."""
    others = (other for other in entries if other.municipality.pk != entry.municipality.pk)
    nearest = sorted(others, key=lambda other: abs(other.municipality.population - entry.municipality.population))
    return sorted(nearest[:number], key=lambda other: other.name)


def vocabularies() -> list[tuple[str, list[Term]]]:
    """The vocabularies with their terms, each under its name."""
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in terms():
        groups[term.get_vocabulary_display()].append(term)
    order = [str(VocabularyName(value).label) for value in VocabularyName.values]
    return sorted(groups.items(), key=lambda group: order.index(group[0]))


@dataclass(frozen=True, slots=True)
class BorderMap:
    """Whether borders were imported, and the words their licence asks for."""

    attribution: str


def border_map() -> BorderMap | None:
    """The map with borders, None while no borders were imported."""
    attribution = boundaries().values_list("attribution", flat=True).first()
    return BorderMap(attribution) if attribution else None


def border_features(day: date) -> dict[str, Any]:
    """The borders as GeoJSON with name, role and page of each municipality."""
    periods = by_organisation(periods_on(day))
    features = []
    for boundary in boundaries().filter(municipality__in=municipalities_on(day)):
        entry = _entry(boundary.municipality, periods.get(boundary.municipality_id), day)
        properties = {"ags": entry.municipality.ags, "name": entry.name, "role": entry.role, "url": entry.url}
        point = [entry.municipality.longitude, entry.municipality.latitude]
        features.append({"type": "Feature", "properties": properties | {"point": point}, "geometry": boundary.geometry})
    return {"type": "FeatureCollection", "features": features}


def tiles_on(day: date | None) -> tuple[Tile, ...]:
    """The whole region's map of a day (None: today); the design layer asks for it by the setting ANDOCK_TILES."""
    day = day or localdate()
    return tiles(entries(periods_on(day), day))
