"""Places on the tile map for a region that brings no tiles.csv: an assignment of municipalities to hexagons."""

from collections.abc import Mapping
from math import ceil, cos, radians

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import ConvexHull, QhullError
from scipy.spatial.distance import cdist

SPARE = 1.08  # cells offered per municipality: a little room keeps the shape, more would tear holes
ROW_STEP = 3**0.5 / 2  # distance of rows when neighbours in a row lie 1 apart


def assign_tiles(points: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Key → (column, row), all distinct, the sum of squared shifts as small as it can be.

    `points` maps a key to (latitude, longitude) in degrees. The same points give the same places in any order.
    """
    keys = sorted(points)
    if not keys:
        return {}
    places = _projected([points[key] for key in keys])
    cells = _candidates(places)
    rows, chosen = linear_sum_assignment(cdist(places, _centres(cells), "sqeuclidean"))
    return _from_zero(
        {keys[row]: (int(cells[cell][0]), int(cells[cell][1])) for row, cell in zip(rows, chosen, strict=True)}
    )


def _projected(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """East and south in tile widths, scaled so that the region's hull holds about as many tiles as municipalities."""
    degrees = np.array(points, dtype=float)
    middle = radians(float(degrees[:, 0].mean()))
    plane = np.column_stack([degrees[:, 1] * cos(middle), -degrees[:, 0]])
    plane -= plane.min(axis=0)
    scale: float = (len(points) * ROW_STEP / _area(plane)) ** 0.5
    scaled: NDArray[np.float64] = plane * scale
    return scaled


def _area(plane: NDArray[np.float64]) -> float:
    """Area of the convex hull; points on a line count as a strip."""
    try:
        return float(ConvexHull(plane).volume)
    except (QhullError, ValueError):
        return max(float(np.ptp(plane, axis=0).sum()), 1e-9) ** 2 / max(len(plane), 1)


def _candidates(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """The hexagons nearest to any municipality, slightly more than are needed."""
    wide, high = np.ceil(places.max(axis=0)) + 2
    reach = ceil(len(places) ** 0.5) // 2 + 1
    grid = [
        (col, row) for row in range(-reach, int(high / ROW_STEP) + reach) for col in range(-reach, int(wide) + reach)
    ]
    cells = np.array(grid, dtype=np.int64)
    nearest = cdist(_centres(cells), places).min(axis=1).round(9)
    order = np.lexsort((cells[:, 0], cells[:, 1], nearest))
    return cells[np.sort(order[: ceil(len(places) * SPARE) + 1])]


def _centres(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.column_stack([cells[:, 0] + (cells[:, 1] % 2) / 2, cells[:, 1] * ROW_STEP])


def _from_zero(found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Shift to the corner by an even number of rows, so that odd rows stay odd."""
    left = min(col for col, _ in found.values())
    top = min(row for _, row in found.values()) // 2 * 2
    return {key: (col - left, row - top) for key, (col, row) in found.items()}
