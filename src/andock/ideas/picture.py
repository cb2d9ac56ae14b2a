"""A map without foreign tiles: borders as the operator imported them, and a numbered mark for each idea. Pure.

Units are those of the SVG. A degree of longitude is as wide as it is in the middle of what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from math import cos, hypot, pi, radians, sin
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH, MARGIN, RADIUS = 640.0, 22.0, 15.0
APART = 2 * RADIUS + 2
MOST_POINTS = 6000
"""Of all borders together: more makes the page heavy and looks the same."""
TURNS = 300

Ring = list[tuple[float, float]]
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """An idea on the map: ``number`` is its place in the list below."""

    number: int
    title: str
    url: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws."""

    width: float
    height: float
    paths: Sequence[str]
    marks: Sequence[Mark]
    radius: float = RADIUS


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a place on the earth stands in the picture."""

    west: float
    north: float
    east: float
    south: float

    @property
    def _narrowing(self) -> float:
        return cos(radians((self.north + self.south) / 2))

    @property
    def _scale(self) -> float:
        return (WIDTH - 2 * MARGIN) / max((self.east - self.west) * self._narrowing, 1e-6)

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self._scale + 2 * MARGIN, 1)

    def spot(self, longitude: float, latitude: float) -> Spot:
        x = MARGIN + (longitude - self.west) * self._narrowing * self._scale
        return round(x, 1), round(MARGIN + (self.north - latitude) * self._scale, 1)

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Ground:
    """The borders, ready to be drawn; made once for many pages."""

    frame: Frame
    paths: Sequence[str]


def ground_of(geometries: Iterable[dict[str, Any]]) -> Ground | None:
    """The ground of a map from GeoJSON geometries; None where there are none."""
    areas = [list(_rings(geometry)) for geometry in geometries]
    rings = list(chain.from_iterable(areas))
    if not rings:
        return None
    longitudes, latitudes = zip(*chain.from_iterable(rings), strict=True)
    frame = Frame(min(longitudes), max(latitudes), max(longitudes), min(latitudes))
    step = max(1, -(-len(longitudes) // MOST_POINTS))
    return Ground(frame, [" ".join(_path(ring, frame, step) for ring in area) for area in areas])


def picture_of(ground: Ground, places: Iterable[tuple[int, str, str, float, float]]) -> Picture:
    """The map with a mark for each (number, title, url, latitude, longitude) inside it; none covers another."""
    marks: list[Mark] = []
    for number, title, url, latitude, longitude in places:
        if ground.frame.holds(longitude, latitude):
            x, y = _free_spot(ground.frame.spot(longitude, latitude), marks)
            marks.append(Mark(number, title, url, x, y))
    return Picture(WIDTH, ground.frame.height, ground.paths, marks)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    for polygon in polygons:
        yield from ([(point[0], point[1]) for point in ring] for ring in polygon)


def _path(ring: Ring, frame: Frame, step: int) -> str:
    chosen = ring if step == 1 else [*ring[:-1:step], ring[-1]]
    spots = dict.fromkeys(frame.spot(*point) for point in chosen)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in spots) + "Z"


def _free_spot(wanted: Spot, marks: Sequence[Mark]) -> Spot:
    """The nearest spot on a spiral where no other mark is."""
    for turn in count():
        reach, angle = 3.0 * turn**0.5 * 2, turn * pi * 0.764
        x, y = round(wanted[0] + reach * cos(angle), 1), round(wanted[1] + reach * sin(angle), 1)
        if turn == TURNS or all(hypot(x - one.x, y - one.y) >= APART for one in marks):
            return x, y
    raise AssertionError("It counts for ever.")
