"""A map as SVG, without script and without another host: what is drawn, tiles where there are any, and numbered marks. Pure.

Drawn once in whole metres of the projection; each page shows the part its marks lie in. Units of a picture are those of the SVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count, pairwise
from math import atan2, cos, degrees, floor, hypot, log2, pi, sin
from typing import TYPE_CHECKING, Any

from .mercator import HALF, Box, projected, tiles_in, unprojected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .mercator import TileAddress

WIDTH, RADIUS = 420.0, 13.0
APART = 2 * RADIUS + 2
MOST_POINTS = 3000
"""Of all lines together: more makes the page heavy and looks the same."""
TURNS = 300
NARROWEST = 1500.0
"""Metres of the projection a picture shows at least: nearer, nobody sees where it is."""
ROOM = 0.12
FLATTEST, TALLEST = 0.55, 1.2
TILES_ACROSS = 2.5
LETTER, LINE = 6.6, 15.0
"""Width and height of small writing."""

Spot = tuple[float, float]
Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area; ``data`` is the path."""

    kind: str
    data: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it belongs; along lines it is turned, and shown where ``length`` metres have room for it."""

    kind: str
    name: str
    x: float
    y: float
    angle: float = 0
    length: float = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes and names in metres right of and below ``origin``."""

    origin: Spot
    shapes: Sequence[Shape]
    labels: Sequence[Label]

    def spot(self, longitude: float, latitude: float) -> Spot:
        east, north = projected(longitude, latitude)
        return east - self.origin[0], self.origin[1] - north


@dataclass(frozen=True, slots=True)
class Mark:
    """An idea on the map: ``number`` is its place in the list below, 0 where there is no list."""

    number: int
    title: str
    url: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile and where it stands in the picture."""

    address: TileAddress
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws: ``scale``, ``left`` and ``top`` bring metres into the picture."""

    width: float
    height: float
    scale: float
    left: float
    top: float
    shapes: Sequence[Shape]
    labels: Sequence[Label]
    tiles: Sequence[PlacedTile]
    marks: Sequence[Mark]
    radius: float = RADIUS


@dataclass(frozen=True, slots=True)
class _View:
    """The part of a drawing that is shown, in its metres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        return WIDTH / self.width

    def spot(self, x: float, y: float) -> Spot:
        return round((x - self.x) * self.scale, 1), round((y - self.y) * self.scale, 1)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def drawn(features: Sequence[Feature], area: Box) -> Drawing:
    """Features of GeoJSON ready to be drawn, in the order they come in. ``area``: whose north-west is the origin."""
    drawing = Drawing(projected(area.west, area.north), [], [])
    points = sum(len(line) for one in features for line in _lines(one["geometry"]))
    step = max(1, -(-points // MOST_POINTS))
    shapes = [shape for one in features if (shape := _shape(one, drawing, step))]
    return Drawing(drawing.origin, shapes, [label for one in features if (label := _label(one, drawing))])


def picture_of(
    drawing: Drawing, area: Box, places: Iterable[tuple[int, str, str, float, float]], *, deepest_tile: int | None = None
) -> Picture:  # fmt: skip
    """The part of ``area`` that holds a mark for each (number, title, url, latitude, longitude); none covers another.

    ``deepest_tile`` is the largest zoom of the pictures below, None without any. Places outside the area have no mark.
    """
    inside = [place for place in places if area.holds(place[4], place[3])]
    view = _view([drawing.spot(place[4], place[3]) for place in inside] or _corners(drawing, area))
    return Picture(
        WIDTH, round(view.height * view.scale, 1), view.scale, -view.x * view.scale, -view.y * view.scale,
        drawing.shapes, _labels(drawing, view), _tiles(drawing, view, deepest_tile), _marks(drawing, view, inside),
    )  # fmt: skip


def _corners(drawing: Drawing, area: Box) -> list[Spot]:
    return [drawing.spot(area.west, area.north), drawing.spot(area.east, area.south)]


def _view(spots: Sequence[Spot]) -> _View:
    """Around all spots, with room, neither too near nor too flat nor too tall."""
    xs, ys = zip(*spots, strict=True)
    width = max((max(xs) - min(xs)) * (1 + 2 * ROOM), NARROWEST)
    height = max((max(ys) - min(ys)) * (1 + 2 * ROOM), width * FLATTEST)
    width = max(width, height / TALLEST)
    return _View((min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2, width, height)


def _marks(drawing: Drawing, view: _View, places: Sequence[tuple[int, str, str, float, float]]) -> list[Mark]:
    marks: list[Mark] = []
    for number, title, url, latitude, longitude in places:
        x, y = _free_spot(view.spot(*drawing.spot(longitude, latitude)), marks)
        marks.append(Mark(number, title, url, x, y))
    return marks


def _free_spot(wanted: Spot, marks: Sequence[Mark]) -> Spot:
    """The nearest spot on a spiral where no other mark is."""
    for turn in count():
        reach, angle = 3.0 * turn**0.5 * 2, turn * pi * 0.764
        x, y = round(wanted[0] + reach * cos(angle), 1), round(wanted[1] + reach * sin(angle), 1)
        if turn == TURNS or all(hypot(x - one.x, y - one.y) >= APART for one in marks):
            return x, y
    raise AssertionError("It counts for ever.")


# --- tiles ------------------------------------------------------------------------------------------------------------
def _tiles(drawing: Drawing, view: _View, deepest: int | None) -> list[PlacedTile]:
    if deepest is None:
        return []
    zoom = max(0, min(deepest, floor(log2(TILES_ACROSS * 2 * HALF / view.width))))
    west, north = drawing.origin[0] + view.x, drawing.origin[1] - view.y
    box = Box(*unprojected(west, north - view.height), *unprojected(west + view.width, north))
    return [_placed(address, drawing, view) for address in tiles_in(zoom, box)]


def _placed(address: TileAddress, drawing: Drawing, view: _View) -> PlacedTile:
    west, _south, east, north = address.metres()
    x, y = view.spot(west - drawing.origin[0], drawing.origin[1] - north)
    return PlacedTile(address, x, y, round((east - west) * view.scale, 2))


# --- what is drawn ------------------------------------------------------------------------------------------------------
def _shape(feature: Feature, drawing: Drawing, step: int) -> Shape | None:
    if feature["geometry"]["type"] == "Point":
        return None
    closed = "Polygon" in feature["geometry"]["type"]
    data = "".join(_path(line, drawing, step, closed=closed) for line in _lines(feature["geometry"]))
    return Shape(feature["properties"]["kind"], data)


def _path(line: Sequence[Sequence[float]], drawing: Drawing, step: int, *, closed: bool) -> str:
    chosen = line if step == 1 else [*line[:-1:step], line[-1]]
    spots = dict.fromkeys((round(x), round(y)) for x, y in (drawing.spot(*point[:2]) for point in chosen))
    return "M" + "L".join(f"{x} {y}" for x, y in spots) + ("Z" if closed else "")


def _lines(geometry: dict[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """The lines and rings of a geometry."""
    parts = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            yield parts
        case "Polygon" | "MultiLineString":
            yield from parts
        case "MultiPolygon":
            yield from chain.from_iterable(parts)


def _label(feature: Feature, drawing: Drawing) -> Label | None:
    """A point's name beside it, a line's along its longest piece, an area's in its middle; borders carry none."""
    kind, name, geometry = feature["properties"]["kind"], feature["properties"].get("name", ""), feature["geometry"]
    if not name or kind == "border":
        return None
    if geometry["type"] == "Point":
        return Label(kind, name, *drawing.spot(*geometry["coordinates"]))
    spots = [drawing.spot(*point[:2]) for point in max(_lines(geometry), key=len)]
    if "Polygon" in geometry["type"]:
        xs, ys = zip(*spots, strict=True)
        return Label(kind, name, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, 0, max(xs) - min(xs))
    return _along(kind, name, spots)


def _along(kind: str, name: str, spots: Sequence[Spot]) -> Label:
    start, end = max(pairwise(spots), key=lambda pair: hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]))
    (x, y), (to_x, to_y) = sorted((start, end))
    angle = round(degrees(atan2(to_y - y, to_x - x)), 1)
    return Label(kind, name, (x + to_x) / 2, (y + to_y) / 2, angle, hypot(to_x - x, to_y - y))


def _labels(drawing: Drawing, view: _View) -> list[Label]:
    """Those that are in the picture, have room and cover no earlier one; in units of the picture."""
    shown: list[Label] = []
    for label in drawing.labels:
        wide = len(label.name) * LETTER
        if not view.holds(label.x, label.y) or (label.length and label.length * view.scale < wide):
            continue
        x, y = view.spot(label.x, label.y)
        placed = Label(label.kind, label.name, x, y, label.angle, wide)
        if not any(_collide(placed, other) for other in shown):
            shown.append(placed)
    return shown


def _collide(one: Label, other: Label) -> bool:
    """Turned writing is held for as tall as it is turned."""
    wide = (abs(cos(one.angle * pi / 180)) * one.length + abs(cos(other.angle * pi / 180)) * other.length) / 2
    tall = (abs(sin(one.angle * pi / 180)) * one.length + abs(sin(other.angle * pi / 180)) * other.length) / 2
    return abs(one.x - other.x) < max(wide, LINE) and abs(one.y - other.y) < max(tall, LINE)
