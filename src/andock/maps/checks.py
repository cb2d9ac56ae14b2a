"""What ``andock doctor`` asks about the base map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.kernel.findings import Finding
from andock.kernel.outbound import Refused

from .basemap import BadBaseMap, base_map
from .mercator import tile_at
from .queries import area_of_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .basemap import BaseMap

ZOOM = 8


def base_map_answers() -> Iterator[Finding]:
    """Whether the base map gives a tile of the region, and names where it comes from; nothing where there is none."""
    try:
        source = base_map()
    except BadBaseMap as error:
        yield Finding("The base map can be read", is_good=False, mend=f"{error} Look at ANDOCK_BASE_MAP.")
        return
    if source:
        yield Finding("The base map can be read", is_good=True)
        yield _names_its_origin(source)
        yield _has_our_tiles(source)


def _names_its_origin(source: BaseMap) -> Finding:
    return Finding(
        "The base map names where it comes from", bool(source.attribution),
        "Set ANDOCK_BASE_MAP_ATTRIBUTION to the words its licence asks for.",
    )  # fmt: skip


def _has_our_tiles(source: BaseMap) -> Finding:
    title, area = "The base map shows the region", area_of_region()
    if area is None:
        return Finding(title, is_good=False, mend="No municipality has a place yet. Load the region first.")
    zoom = min(max(ZOOM, source.shallowest), source.deepest)
    try:
        tile = source.tile(tile_at(zoom, (area.west + area.east) / 2, (area.south + area.north) / 2))
    except Refused as error:
        return Finding(title, is_good=False, mend=f"{error} Look at ANDOCK_BASE_MAP and ANDOCK_INNER_HOSTS.")
    return Finding(title, tile is not None, "It has no tile where the region lies. Is it the right one?")
