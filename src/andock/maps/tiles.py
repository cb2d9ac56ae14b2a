"""What is answered when somebody asks for a tile, whichever door they come through."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from andock.kernel.outbound import Refused

from .basemap import BadBaseMap, base_map
from .mercator import TileAddress
from .queries import area_of_region

if TYPE_CHECKING:
    from .basemap import Tile
    from .mercator import Box

logger = logging.getLogger(__name__)
OVERVIEW = 6
"""Up to this zoom a tile shows a whole country; all of them are a few hundred."""
AREA_HOLDS = 600.0
NOTHING, NOT_NOW = 404, 502


@dataclass(slots=True)
class Answer:
    """Status, headers and body as HTTP has them."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer_for(address: TileAddress) -> Answer:
    """A tile of the operator's base map that shows some of the region; nobody gets other parts of the earth through us."""
    try:
        source = base_map()
        if source is None or not (source.shallowest <= address.z <= source.deepest and _is_ours(address)):
            return Answer(NOTHING)
        tile = source.tile(address)
    except (BadBaseMap, Refused) as error:
        logger.warning("no tile %s/%s/%s: %s", address.z, address.x, address.y, error)
        return Answer(NOT_NOW, {"Cache-Control": "no-store"})
    return _found(tile) if tile else Answer(NOTHING)


def _found(tile: Tile) -> Answer:
    headers = {"Content-Type": tile.content_type, "Cache-Control": "public, max-age=86400"}
    return Answer(200, headers | ({"Content-Encoding": tile.encoding} if tile.encoding else {}), tile.content)


def _is_ours(address: TileAddress) -> bool:
    if not address.exists:
        return False
    area = AREA.read()
    return area is not None and (address.z <= OVERVIEW or address.box().meets(area))


class Area:
    """The region's part of the earth, read every ten minutes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._box: Box | None = None

    def read(self) -> Box | None:
        with self._lock:
            if time.monotonic() >= self._until:
                self._box = area_of_region()
                self._until = time.monotonic() + (AREA_HOLDS if self._box else 0)
            return self._box

    def forget(self) -> None:
        self._until = 0.0


AREA = Area()
