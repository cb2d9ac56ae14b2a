"""The schematic tile map: equal hexagons, pointed top, odd rows half a tile to the right.

Pure geometry: tiles in, drawing values out. Units are those of the SVG: a tile is 97 wide, rows lie 84 apart.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product
from math import hypot

WIDTH, HALF, ROW, RADIUS = 97.0, 48.5, 84.0, 56.0
MARGIN = 6.0
SOFT_HYPHEN = "\u00ad"
LINE_LENGTH = 9  # letters that fit into a tile at 16.5 units
LETTER, LABEL_LINE = 10.4, 23.0  # width and height of one letter of a district label

Point = tuple[float, float]
Edge = tuple[Point, Point]
Cell = tuple[int, int]

# clockwise from the top, as offsets from the middle of a tile
CORNERS: tuple[Point, ...] = ((0, -RADIUS), (HALF, -28), (HALF, 28), (0, RADIUS), (-HALF, 28), (-HALF, -28))


@dataclass(frozen=True)
class Tile:
    """One municipality. `district` is the name shown beside the district, `key` the fragment that marks the tile.

    `is_open`: its role is possible only, because dates are not known well enough; it is drawn hatched.
    """

    col: int
    row: int
    code: str
    label: str
    role: str = "none"
    url: str = ""
    district: str = ""
    title: str = ""
    key: str = ""
    is_open: bool = False

    @property
    def cell(self) -> Cell:
        return self.col, self.row

    @property
    def centre(self) -> Point:
        return centre_of(self.cell)

    @property
    def lines(self) -> list[str]:
        return broken(self.label)

    @property
    def first_line_y(self) -> float:
        """Baseline of the first line, so that one or two lines sit in the optical middle below the mark."""
        return 6.0 if len(self.lines) == 1 else -1.0


@dataclass(frozen=True)
class Label:
    """Name of a district with the point its first line starts from, outside of all tiles."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the text, estimated from its longest line."""
        width = LETTER * max(len(line) for line in self.lines)
        left = self.x if self.anchor == "start" else self.x - width
        return left, self.y - 18, left + width, self.y + LABEL_LINE * (len(self.lines) - 1) + 6


@dataclass(frozen=True)
class TileMap:
    """All values of the drawing; equal tiles make an equal map with an equal digest."""

    tiles: tuple[Tile, ...]

    @classmethod
    def of(cls, tiles: Iterable[Tile]) -> "TileMap":
        """Raise ValueError when two tiles share a place: a map that hides a municipality must not be drawn."""
        ordered = tuple(sorted(tiles, key=lambda tile: (tile.row, tile.col)))
        _refuse_shared_cells(ordered)
        return _interned(ordered)

    @cached_property
    def districts(self) -> dict[str, tuple[Tile, ...]]:
        found: dict[str, list[Tile]] = defaultdict(list)
        for tile in self.tiles:
            found[tile.district].append(tile)
        return {name: tuple(members) for name, members in sorted(found.items()) if name}

    @cached_property
    def outlines(self) -> dict[str, str]:
        """District name → path of its outer border."""
        return {
            name: path_of(loops(outer_edges(tile.cell for tile in members))) for name, members in self.districts.items()
        }

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        placed: list[Label] = []
        for name, members in sorted(self.districts.items(), key=lambda item: len(item[1])):
            found = best_label(name, members, {tile.cell for tile in self.tiles}, placed)
            placed += [found] if found else []
        return tuple(placed)

    @cached_property
    def view_box(self) -> str:
        left, top, right, bottom = self.bounds
        return f"{left:g} {top:g} {right - left:g} {bottom - top:g}"

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of everything drawn, labels included."""
        if not self.tiles:
            return 0.0, 0.0, WIDTH, WIDTH
        boxes = [_tile_box(tile.cell) for tile in self.tiles] + [label.box for label in self.labels]
        lows, highs = (min(box[i] for box in boxes) for i in (0, 1)), (max(box[i] for box in boxes) for i in (2, 3))
        (left, top), (right, bottom) = lows, highs
        return left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN

    @property
    def width(self) -> int:
        return round(self.bounds[2] - self.bounds[0])

    @property
    def height(self) -> int:
        return round(self.bounds[3] - self.bounds[1])

    @cached_property
    def digest(self) -> str:
        """16 hex digits that change with anything the map shows; part of the map's address."""
        return hashlib.sha256(repr(self.tiles).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def _interned(tiles: tuple[Tile, ...]) -> TileMap:
    """The same tiles give the same object, so outlines and labels are worked out once per process."""
    return TileMap(tiles)


def _refuse_shared_cells(tiles: Sequence[Tile]) -> None:
    for before, after in pairwise(tiles):
        if before.cell == after.cell:
            raise ValueError(f"{before.label} and {after.label} share column {after.col}, row {after.row}.")


def centre_of(cell: Cell) -> Point:
    col, row = cell
    return col * WIDTH + (HALF if row % 2 else 0.0), row * ROW


def _tile_box(cell: Cell) -> tuple[float, float, float, float]:
    x, y = centre_of(cell)
    return x - HALF, y - RADIUS, x + HALF, y + RADIUS


def outer_edges(cells: Iterable[Cell]) -> set[Edge]:
    """Edges of the hexagons that no second hexagon of the set shares, directed clockwise."""
    edges: set[Edge] = set()
    for cell in cells:
        x, y = centre_of(cell)
        corners = [(x + dx, y + dy) for dx, dy in CORNERS]
        edges.update(zip(corners, corners[1:] + corners[:1], strict=True))
    return {edge for edge in edges if edge[::-1] not in edges}


def loops(edges: set[Edge]) -> list[list[Point]]:
    """Chain directed edges into closed loops, each without its repeated last point."""
    following = dict(sorted(edges))
    found = []
    while following:
        start = point = min(following)
        loop = []
        while point in following:
            loop.append(point)
            point = following.pop(point)
        if point != start:
            raise ValueError("The border of a district is not closed.")
        found.append(loop)
    return found


def path_of(closed: Iterable[Sequence[Point]]) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in loop) + "Z" for loop in closed)


def broken(label: str, limit: int = LINE_LENGTH) -> list[str]:
    """Break a name at soft hyphens, hyphens and blanks; at most two lines, the first as long as it may be."""
    plain = label.replace(SOFT_HYPHEN, "")
    if len(plain) <= limit:
        return [plain]
    breaks = [index for index, letter in enumerate(label) if letter in f" -{SOFT_HYPHEN}"]
    pairs = [_parted(label, index) for index in breaks]
    if not pairs:
        return [plain]
    best = min(pairs, key=_longest_line)
    return list(best)


def _longest_line(pair: tuple[str, str]) -> tuple[int, int]:
    first, second = map(len, pair)
    return max(first, second), -first


def _parted(label: str, index: int) -> tuple[str, str]:
    first, second = label[: index + 1], label[index + 1 :]
    if label[index] == SOFT_HYPHEN:
        first = label[:index] + "-"
    return first.replace(SOFT_HYPHEN, "").rstrip(), second.replace(SOFT_HYPHEN, "")


def best_label(name: str, members: Sequence[Tile], taken: set[Cell], placed: Sequence[Label]) -> Label | None:
    """The free place beside the district, where its name touches no tile, no other name and grows the map least."""
    lines = tuple(broken(name, limit=9))
    boxes = [_tile_box(cell) for cell in taken]
    frame = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    candidates = [candidate for tile in members for candidate in _beside(tile, lines)]
    free = [
        c
        for c in candidates
        if not _hits_tile(c.box, taken) and not any(_overlap(c.box, other.box) for other in placed)
    ]
    return min(free, key=lambda c: (_overflow(c.box, frame) + _strangers(c, members, taken), c.y, c.x), default=None)


def _beside(tile: Tile, lines: tuple[str, ...]) -> list[Label]:
    x, y = tile.centre
    offsets = product((-42.0, -18.0, 6.0, 30.0, 54.0), ((HALF + 12, "start"), (-HALF - 12, "end")))
    below = [Label(lines, x + 14, y + 74, "start"), Label(lines, x - 14, y + 74, "end")]
    return [Label(lines, x + dx, y + dy, anchor) for dy, (dx, anchor) in offsets] + below


def _hits_tile(box: tuple[float, float, float, float], taken: set[Cell]) -> bool:
    return any(_inside(point, centre_of(cell)) for point in _samples(box) for cell in _cells_near(point) & taken)


def _cells_near(point: Point) -> set[Cell]:
    """The cells whose tiles can reach a point; a map of a thousand tiles would else be searched for every one."""
    column, row = round(point[0] / WIDTH), round(point[1] / ROW)
    return {(column + dx, row + dy) for dx in (-2, -1, 0, 1) for dy in (-1, 0, 1)}


def _samples(box: tuple[float, float, float, float]) -> list[Point]:
    left, top, right, bottom = box
    across = [left + (right - left) * step / 8 for step in range(9)]
    return list(product(across, (top, (top + bottom) / 2, bottom)))


def _inside(point: Point, centre: Point, gap: float = 6.0) -> bool:
    dx, dy = abs(point[0] - centre[0]), abs(point[1] - centre[1])
    return dx < HALF + gap and dy < RADIUS + gap - dx * 28 / HALF


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] + 12 and b[0] < a[2] + 12 and a[1] < b[3] + 8 and b[1] < a[3] + 8


def _overflow(box: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> float:
    """How far the map would have to grow, weighted so that staying inside wins."""
    return 10 * sum(
        max(0.0, grown) for grown in (frame[0] - box[0], frame[1] - box[1], box[2] - frame[2], box[3] - frame[3])
    )


def _strangers(label: Label, members: Sequence[Tile], taken: set[Cell]) -> float:
    """Penalty for standing nearer to another district's tiles than to one's own."""
    left, top, right, bottom = label.box
    middle = (left + right) / 2, (top + bottom) / 2
    own = {tile.cell for tile in members}
    distance = {cell: _distance(middle, centre_of(cell)) for cell in taken}
    nearest_own = sorted(distance[cell] for cell in own)[:2]
    nearest_other = min((distance[cell] for cell in taken - own), default=1000.0)
    return sum(nearest_own) / len(nearest_own) + max(0.0, 140 - nearest_other)


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
