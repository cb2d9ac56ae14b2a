"""What maps show below their marks without any tile: borders, municipalities, and plans such as the demonstration's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andock.kernel.pagecache.pages import shared_part
from andock.organisations.queries import municipalities_on, with_borders

from .mercator import box_around, joined
from .picture import drawn
from .queries import area_around, plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest

    from andock.organisations.models import Municipality, Organisation

    from .mercator import Box
    from .picture import Drawing, Feature

SCOPES = ("organisations", "maps")


@dataclass(frozen=True, slots=True)
class Ground:
    """``area``: what belongs to the place; ``opening``: what a map shows at first; ``words``: what licences ask for."""

    area: Box
    opening: Box
    drawing: Drawing
    words: tuple[str, ...]


def ground_of(request: HttpRequest, place: Organisation | None) -> Ground | None:
    """The ground of a municipality's map, or of all the region's; None where nobody has said where it is.

    Made once per process until organisations or plans change.
    """
    name = f"ground {place.pk if place else 'of the region'}"
    return shared_part(request, name, lambda: _ground(place), scopes=SCOPES, on=timezone.localdate())


def ground_features() -> dict[str, Any]:
    """Everything that is drawn, as GeoJSON; ``kind`` is border, town or what a plan says."""
    towns = _towns()
    return {"type": "FeatureCollection", "features": [*_borders(towns), *_planned(None)[0], *_points_of(towns)]}


def _ground(place: Organisation | None) -> Ground | None:
    """Two queries, however much there is."""
    towns = _towns()
    own = [town for town in towns if place is None or town.organisation_id == place.pk]
    around, borders = area_around(own, is_region=place is None), list(_borders(own))
    outline = box_around(point for feature in borders for point in _positions(feature))
    area = joined(around, outline)
    if area is None:
        return None
    planned, named = _planned(area if place else None)
    plan = box_around(point for feature in planned for point in _positions(feature)) if place else None
    words = sorted({town.boundary.attribution for town in own if _has_border(town)})
    return Ground(
        area, plan or outline or area, drawn([*borders, *planned, *_points_of(towns)], area), (*words, *named)
    )


def _towns() -> list[Municipality]:
    return list(with_borders(municipalities_on(timezone.localdate())))


def _has_border(town: Municipality) -> bool:
    return hasattr(town, "boundary")


def _borders(towns: Iterable[Municipality]) -> Iterator[Feature]:
    return (_feature("border", town.organisation.name, town.boundary.geometry) for town in towns if _has_border(town))


def _points_of(towns: Iterable[Municipality]) -> Iterator[Feature]:
    for town in towns:
        if town.longitude is not None and town.latitude is not None:
            place = {"type": "Point", "coordinates": [town.longitude, town.latitude]}
            yield _feature("town", town.organisation.name, place)


def _planned(area: Box | None) -> tuple[list[Feature], list[str]]:
    """The features of plans that lie there, and what their makers want to be said."""
    features: list[Feature] = []
    words: list[str] = []
    for plan in plans():
        box = box_around(point for feature in plan.features for point in _positions(feature))
        if box and (area is None or box.meets(area)):
            features += plan.features
            words.append(plan.attribution)
    return features, words


def _positions(feature: Feature) -> Iterator[tuple[float, float]]:
    """All positions of a geometry, however deep they lie."""
    waiting = [feature["geometry"]["coordinates"]]
    while waiting:
        found = waiting.pop()
        if isinstance(found[0], int | float):
            yield found[0], found[1]
        else:
            waiting += found


def _feature(kind: str, name: str, geometry: dict[str, Any]) -> Feature:
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}
