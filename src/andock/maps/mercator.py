"""The projection that tiles share (EPSG:3857, spherical Mercator), and how tiles divide it. Pure.

Metres are those of the projection: at 51 degrees north one of them is 0.63 metres on the ground.
Source: OGC 17-083r4, Two Dimensional Tile Matrix Set, annex D.1 (WebMercatorQuad).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan, degrees, exp, log, pi, radians, tan

RADIUS = 6_378_137.0
HALF = pi * RADIUS
NORTHMOST = 85.05112877980659
"""Where the square ends."""
TILE = 256


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """East and north in metres from where the equator meets Greenwich."""
    held = max(-NORTHMOST, min(NORTHMOST, latitude))
    return RADIUS * radians(longitude), RADIUS * log(tan(pi / 4 + radians(held) / 2))


def unprojected(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a point in metres."""
    return degrees(east / RADIUS), degrees(2 * atan(exp(north / RADIUS)) - pi / 2)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def meets(self, other: Box) -> bool:
        return not (
            self.east < other.west or other.east < self.west or self.north < other.south or other.north < self.south
        )

    def grown(self, by: float) -> Box:
        """Larger by so many degrees on each side."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)


def box_around(points: Iterable[tuple[float, float]]) -> Box | None:
    """The smallest that holds all (longitude, latitude); None without any."""
    found = list(points)
    if not found:
        return None
    longitudes, latitudes = zip(*found, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def joined(one: Box | None, other: Box | None) -> Box | None:
    """The smallest that holds both."""
    boxes = [box for box in (one, other) if box]
    return box_around(corner for box in boxes for corner in ((box.west, box.south), (box.east, box.north)))


@dataclass(frozen=True, slots=True, order=True)
class TileAddress:
    """Zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        return 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    def metres(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the tile in metres, as a WMS is asked for it."""
        side = 2 * HALF / 2**self.z
        west, north = self.x * side - HALF, HALF - self.y * side
        return west, north - side, west + side, north

    def box(self) -> Box:
        west, south, east, north = self.metres()
        return Box(*unprojected(west, south), *unprojected(east, north))


def tile_at(z: int, longitude: float, latitude: float) -> TileAddress:
    """The tile of a zoom that holds a place."""
    east, north = projected(longitude, latitude)
    side = 2 * HALF / 2**z
    last = 2**z - 1
    return TileAddress(z, min(last, max(0, int((east + HALF) / side))), min(last, max(0, int((HALF - north) / side))))


def tiles_in(z: int, box: Box) -> Iterator[TileAddress]:
    """The tiles of a zoom that cover a rectangle, row by row."""
    first, last = tile_at(z, box.west, box.north), tile_at(z, box.east, box.south)
    for y in range(first.y, last.y + 1):
        for x in range(first.x, last.x + 1):
            yield TileAddress(z, x, y)
