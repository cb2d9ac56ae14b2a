"""The operator's base map: a ``.pmtiles`` file, or a service that our server asks (XYZ or WMS). At most one.

Tiles come from here to whoever asks for them below ``/karte/kacheln/``; browsers never ask another host.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit
from weakref import finalize

from django.conf import settings
from django.utils.html import strip_tags
from pmtiles.reader import Reader
from pmtiles.tile import Compression, TileType

from andock.kernel.outbound import Missing, Refused, fetch

from .mercator import TILE, TileAddress

DEEPEST = 19
LARGEST = 2_000_000  # bytes of a tile
KEEP = 30 * 24 * 3600.0
PAUSE = 60.0
PATIENCE = 5.0
AT_ONCE, IN_LINE = 8, 24
MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
VECTOR = "application/vnd.mapbox-vector-tile"
PMTILES = {
    TileType.PNG: "image/png", TileType.JPEG: "image/jpeg", TileType.WEBP: "image/webp", TileType.MVT: VECTOR,
}  # fmt: skip
FILE = "*.pmtiles"


class BadBaseMap(Exception):
    """The base map that was named cannot be used. Says why."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What is answered for an address; ``encoding`` is that of HTTP, empty without."""

    content: bytes
    content_type: str
    encoding: str = ""


class BaseMap(Protocol):
    """``layers`` names those of vector tiles, and is empty for pictures. ``attribution`` are the words its licence asks for."""

    @property
    def attribution(self) -> str: ...
    @property
    def shallowest(self) -> int: ...
    @property
    def deepest(self) -> int: ...
    @property
    def layers(self) -> tuple[str, ...]: ...

    def tile(self, address: TileAddress) -> Tile | None:
        """None where there is none. Raises ``Refused`` where it could not be had."""


def base_map() -> BaseMap | None:
    """What the settings name, or else the file in the folder ``map``. Raises ``BadBaseMap``."""
    named = settings.ANDOCK_BASE_MAP
    if "://" in named:
        return _service(named, settings.ANDOCK_BASE_MAP_ATTRIBUTION)
    path = Path(named) if named else next(iter(sorted((settings.ANDOCK_DATA / "map").glob(FILE))), None)
    if path is None:
        return None
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise BadBaseMap(str(error.strerror)) from error
    return _archive(path, changed, settings.ANDOCK_BASE_MAP_ATTRIBUTION)


# --- a file -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Archive:
    """A PMTiles archive, version 3 (github.com/protomaps/PMTiles), read from where it lies."""

    reader: Reader
    content_type: str
    encoding: str
    attribution: str
    shallowest: int
    deepest: int
    layers: tuple[str, ...]

    def tile(self, address: TileAddress) -> Tile | None:
        try:
            content = self.reader.get(address.z, address.x, address.y)
        except Exception as error:  # as above; somebody may be copying another file over it
            raise Refused(f"The file of the base map: {error or type(error).__name__}") from error
        return Tile(content, self.content_type, self.encoding) if content else None


class Source:
    """Reads what is asked for, whoever asks at once.

    Not from mapped memory: whoever copies a new file over the old one would end the server with it.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)

    def __call__(self, offset: int, length: int) -> bytes:
        found = os.pread(self._file, length, offset)
        if len(found) < length:
            raise EOFError("It ends too early.")
        return found


@lru_cache(maxsize=1)
def _archive(path: Path, _changed: int, attribution: str) -> Archive:
    try:
        reader = Reader(Source(path))
        header, told = reader.header(), reader.metadata()
        content_type = PMTILES[header["tile_type"]]
    except Exception as error:  # whatever the library stumbles over: the file is not ours to trust
        raise BadBaseMap(f"{path.name}: {error or type(error).__name__}") from error
    return Archive(
        reader, content_type, "gzip" if header["tile_compression"] == Compression.GZIP else "",
        attribution or strip_tags(str(told.get("attribution", ""))).strip(), header["min_zoom"], header["max_zoom"],
        tuple(str(layer["id"]) for layer in told.get("vector_layers", [])) if content_type == VECTOR else (),
    )  # fmt: skip


# --- a service --------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Service:
    """Tiles of another server, fetched by ours and kept for thirty days; older ones while it does not answer."""

    address: str
    attribution: str
    folder: Path
    inner: frozenset[str]
    shallowest: int = 0
    deepest: int = DEEPEST
    layers: tuple[str, ...] = ()
    resting_until: float = 0
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))
    _queue: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(IN_LINE))

    def tile(self, address: TileAddress) -> Tile | None:
        path = self.folder / f"{address.z}/{address.x}/{address.y}"
        kept = _read(path)
        if kept and time.time() - path.stat().st_mtime < KEEP:
            return kept
        try:
            return self._fetched(address, path)
        except Missing:
            return None
        except Refused:
            if kept:
                return kept
            raise

    def _fetched(self, address: TileAddress, path: Path) -> Tile:
        """Few wait at once, for who waits holds a thread; a service that fails is not asked again for a minute."""
        if not self._queue.acquire(blocking=False):
            raise Refused("Too many wait for the service already.")
        try:
            with self._places:
                return self._asked(address, path)
        finally:
            self._queue.release()

    def _asked(self, address: TileAddress, path: Path) -> Tile:
        if time.monotonic() < self.resting_until:
            raise Refused("The service did not answer a moment ago.")
        try:
            content = fetch(self.url(address), max_bytes=LARGEST, inner=self.inner, patience=PATIENCE)
            found = _picture(content)
        except Missing:
            raise
        except Refused:
            self.resting_until = time.monotonic() + PAUSE
            raise
        _keep(path, content)
        return found

    def url(self, address: TileAddress) -> str:
        """Where a tile is to be had."""
        if "{z}" in self.address:
            return self.address.format(z=address.z, x=address.x, y=address.y)
        parts = urlsplit(self.address)
        named = {key.upper(): value for key, value in parse_qsl(parts.query, keep_blank_values=True)}
        return parts._replace(query=urlencode(_get_map(address) | named)).geturl()


def _get_map(address: TileAddress) -> dict[str, Any]:
    """The parameters of GetMap (OGC 06-042, WMS 1.3.0); what the operator names wins."""
    return {
        "SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetMap", "STYLES": "", "CRS": "EPSG:3857",
        "BBOX": ",".join(f"{metre:.3f}" for metre in address.metres()), "WIDTH": TILE, "HEIGHT": TILE, "FORMAT": "image/png",
    }  # fmt: skip


@lru_cache(maxsize=1)
def _service(address: str, attribution: str) -> Service:
    key = hashlib.sha256(address.encode()).hexdigest()[:12]
    if "{z}" not in address and not re.search(r"[?&]layers=", address, re.IGNORECASE):
        raise BadBaseMap("The address names neither {z}, {x} and {y} nor LAYERS= of a WMS.")
    return Service(address, attribution, folder() / key, frozenset(settings.ANDOCK_INNER_HOSTS))


def folder() -> Path:
    """Where fetched tiles are kept."""
    return Path(settings.ANDOCK_DATA) / "tiles"


def _picture(content: bytes) -> Tile:
    """Only pictures pass; a service that fails often answers 200 with a sentence."""
    for beginning, content_type in MAGIC.items():
        if content.startswith(beginning):
            return Tile(content, content_type)
    raise Refused("The service answered with something that is no picture.")


def _read(path: Path) -> Tile | None:
    with suppress(OSError, Refused):
        return _picture(path.read_bytes())
    return None


def _keep(path: Path, content: bytes) -> None:
    """Written aside and moved, so that nobody reads half a tile. A full disk only means that it is fetched again."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
