"""Who gives solutions to whom, as arcs on the schematic map: pure geometry over tiles and steps.

Units are those of ``design.tilemap``; every value is text, so that no language puts its own separators in. Whoever has
no tile, such as a town outside of the region, is a labelled point beside the map, near those it has to do with.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import hypot
from textwrap import wrap
from typing import TYPE_CHECKING

from andock.design.tilemap import CORNERS, HALF, RADIUS, Tile, TileMap, path_of

from .choices import Stage
from .lineage_picture import line_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from andock.design.tilemap import Point

    from .lineage import Party, Step

MOST_TILES = 150
"""A larger region shows its districts alone around the tiles that have a part in it, so that the page stays small."""
REACH, SHARE = 46.0, 0.3
"""How far from the middle of a tile an arc ends: at its edge, nearer where neighbours leave no room."""
DOT = 18.0
BOW = 0.16
HEAD, WING = 17.0, 8.5
BESIDE, BETWEEN, LABEL_LETTERS, LABEL_HEIGHT, LABEL_LETTER = 112.0, 124.0, 13, 23.0, 11.5
"""How far outside points stand from the map and from each other; their labels."""
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Pair:
    """All that one organisation has from another."""

    giver: Party
    receiver: Party
    steps: tuple[Step, ...]

    @property
    def css(self) -> str:
        kinds = {line_kind(step) for step in self.steps}
        return next(kind for kind in ("confirmed", "reported", "ended") if kind in kinds)

    @property
    def running(self) -> int:
        """How many have not ended."""
        return sum(step.stage != Stage.ENDED for step in self.steps)


@dataclass(frozen=True, slots=True)
class Arc:
    """A bow with its head; ``count`` where it stands for several."""

    css: str
    path: str
    head: str
    count: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A party on the map (its tile) or beside it (a point), with the lines of its name and their heights."""

    css: str
    at: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """The letters of a tile that has no part in it."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Network:
    """All values of the drawing, and the pairs it shows."""

    view_box: str
    width: str
    height: str
    land: str
    outlines: tuple[str, ...]
    codes: tuple[Code, ...]
    towns: tuple[Spot, ...]
    points: tuple[Spot, ...]
    arcs: tuple[Arc, ...]
    pairs: tuple[Pair, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of line that occur, for the legend."""
        return [kind for kind in ("confirmed", "reported", "ended") if any(arc.css == kind for arc in self.arcs)]


def pairs_of(steps: Iterable[Step]) -> tuple[Pair, ...]:
    """The steps by who gives and who takes, by their names."""
    found: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        if step.giver.key != step.receiver.key:
            found[step.giver.key, step.receiver.key].append(step)
    pairs = [Pair(those[0].giver, those[0].receiver, tuple(those)) for those in found.values()]
    return tuple(sorted(pairs, key=lambda pair: (_name(pair.giver), _name(pair.receiver))))


def network(tiles: Mapping[str, Tile], steps: Iterable[Step]) -> Network | None:
    """The drawing; ``tiles`` are all municipalities by key. None without tiles or without anybody who gave."""
    pairs = pairs_of(steps)
    return _Drawing(tiles, pairs).network() if tiles and pairs else None


class _Drawing:
    def __init__(self, tiles: Mapping[str, Tile], pairs: tuple[Pair, ...]) -> None:
        self.tiles, self.pairs = tiles, pairs
        self.map = TileMap.of(tiles.values())
        self.parties = {party.key: party for pair in pairs for party in (pair.giver, pair.receiver)}
        self.givers = {pair.giver.key for pair in pairs}
        self.land = _bounds(self.map.tiles)
        self.centres = {key: tile.centre for key, tile in tiles.items()}
        self.beside = self._beside()
        self.centres |= self.beside

    def network(self) -> Network:
        is_small = len(self.tiles) <= MOST_TILES
        quiet = [tile for key, tile in self.tiles.items() if key not in self.parties and is_small]
        outlines = tuple(self.map.outlines.values())
        left, top, right, bottom = self._frame()
        return Network(
            view_box=f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}",
            width=f"{right - left:.0f}",
            height=f"{bottom - top:.0f}",
            land=path_of([_hexagon(tile) for tile in quiet]) if is_small else "".join(outlines),
            outlines=outlines,
            codes=tuple(map(_code, quiet)),
            towns=tuple(self._town(key) for key in self.parties if key in self.tiles),
            points=tuple(self._point(key) for key in self.beside),
            arcs=tuple(self._arc(pair) for pair in self.pairs),
            pairs=self.pairs,
        )

    # --- whoever has no tile ------------------------------------------------------------------------------------------
    def _beside(self) -> dict[str, Point]:
        """The points left and right of the map, each as near to its partners as there is room."""
        middle = (self.land[0] + self.land[2]) / 2
        wanted = {key: self._drawn_to(key) for key in self.parties if key not in self.tiles}
        left = {key: point for key, point in wanted.items() if point[0] < middle}
        right = {key: point for key, point in wanted.items() if point[0] >= middle}
        return self._column(left, self.land[0] - BESIDE) | self._column(right, self.land[2] + BESIDE)

    def _drawn_to(self, key: str) -> Point:
        """The middle of its partners on the map; of the map where it has none."""
        found = [self.centres[other] for other in self._partners(key) if other in self.tiles]
        if not found:
            return (self.land[0] + self.land[2]) / 2, (self.land[1] + self.land[3]) / 2
        return sum(x for x, _y in found) / len(found), sum(y for _x, y in found) / len(found)

    def _partners(self, key: str) -> list[str]:
        ends = ((pair.giver.key, pair.receiver.key) for pair in self.pairs)
        return [two if one == key else one for one, two in ends if key in {one, two}]

    def _column(self, wanted: Mapping[str, Point], x: float) -> dict[str, Point]:
        found, lowest = {}, self.land[1] + RADIUS
        for key, (_x, y) in sorted(wanted.items(), key=lambda entry: (entry[1][1], entry[0])):
            found[key] = (x, max(y, lowest))
            lowest = found[key][1] + BETWEEN
        return found

    def _point(self, key: str) -> Spot:
        x, y = self.beside[key]
        party = self.parties[key]
        kind = "outside" if party.is_outside else "inside"
        lines = [(line, f"{DOT + 22 + place * LABEL_HEIGHT:.0f}") for place, line in enumerate(_label(party))]
        return Spot(kind, f"{x:.1f} {y:.1f}", tuple(lines))

    # --- on the map ---------------------------------------------------------------------------------------------------
    def _town(self, key: str) -> Spot:
        tile = self.tiles[key]
        lines = [(line, f"{tile.first_line_y + place * 20:.0f}") for place, line in enumerate(tile.lines)]
        return Spot("gives" if key in self.givers else "takes", _at(tile.centre), tuple(lines))

    def _arc(self, pair: Pair) -> Arc:
        start, end = self.centres[pair.giver.key], self.centres[pair.receiver.key]
        bent = _bent(start, end)
        begin = _towards(start, bent, self._reach(pair.giver.key, start, end))
        tip = _towards(end, bent, self._reach(pair.receiver.key, start, end))
        neck = _towards(tip, bent, HEAD)
        path = f"M{_at(begin)}Q{_at(bent)} {_at(neck)}"
        middle = tuple((begin[i] + 2 * bent[i] + neck[i]) / 4 for i in (0, 1))
        is_many = pair.running > 1
        count, at = (str(pair.running), f"{middle[0]:.1f} {middle[1]:.1f}") if is_many else ("", "")
        return Arc(pair.css, path, _head(tip, neck), count, at)

    def _reach(self, key: str, start: Point, end: Point) -> float:
        if key in self.beside:
            return DOT + 4
        return min(REACH, SHARE * hypot(end[0] - start[0], end[1] - start[1]))

    def _frame(self) -> tuple[float, float, float, float]:
        """Everything drawn, labels beside the map included."""
        left, top, right, bottom = self.land
        for key, (x, y) in self.beside.items():
            lines = _label(self.parties[key])
            across = max(map(len, lines)) * LABEL_LETTER / 2
            left, right = min(left, x - across), max(right, x + across)
            bottom = max(bottom, y + DOT + 12 + len(lines) * LABEL_HEIGHT)
        return left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN


def _bounds(tiles: Sequence[Tile]) -> tuple[float, float, float, float]:
    centres = [tile.centre for tile in tiles]
    across, down = [x for x, _y in centres], [y for _x, y in centres]
    return min(across) - HALF, min(down) - RADIUS, max(across) + HALF, max(down) + RADIUS


def _hexagon(tile: Tile) -> list[Point]:
    x, y = tile.centre
    return [(x + dx, y + dy) for dx, dy in CORNERS]


def _code(tile: Tile) -> Code:
    x, y = tile.centre
    return Code(tile.code, f"{x:g}", f"{y + 7:g}")


def _label(party: Party) -> list[str]:
    return wrap(party.name, LABEL_LETTERS, break_long_words=False)


def _bent(start: Point, end: Point) -> Point:
    """Where a bow is drawn to: left of its middle as one goes, so that there and back lie apart."""
    (x, y), (to_x, to_y) = start, end
    return (x + to_x) / 2 + BOW * (to_y - y), (y + to_y) / 2 - BOW * (to_x - x)


def _towards(start: Point, end: Point, far: float) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return start[0] + (end[0] - start[0]) * far / length, start[1] + (end[1] - start[1]) * far / length


def _head(tip: Point, neck: Point) -> str:
    across = ((tip[1] - neck[1]) / HEAD * WING, (neck[0] - tip[0]) / HEAD * WING)
    one, other = ((neck[0] + sign * across[0], neck[1] + sign * across[1]) for sign in (1, -1))
    return f"M{_at(tip)}L{_at(one)}L{_at(other)}Z"


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _name(party: Party) -> tuple[str, str]:
    return party.name.casefold(), party.key
