"""The operator's base map: a file, or a service that only our server asks."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from andock.kernel.outbound import Refused
from andock.maps.basemap import VECTOR, BadBaseMap, base_map
from andock.maps.checks import base_map_answers
from andock.maps.door import with_tiles
from andock.maps.mercator import TileAddress, tile_at
from andock.maps.services.tidying import tidy
from tests.maps.tile_server import REPORT, png

if TYPE_CHECKING:
    from andock.organisations.models import Municipality
    from tests.maps.tile_server import TileServer

HERE = tile_at(12, 7.8436, 51.0276)
ELSEWHERE = tile_at(12, 13.4, 52.5)
URL = "/karte/kacheln/{0.z}/{0.x}/{0.y}/"


def archive(path: Path, content: bytes, kind: TileType = TileType.PNG, **metadata: Any) -> Path:
    """A PMTiles file with one tile."""
    path.parent.mkdir(exist_ok=True)
    packed = kind == TileType.MVT
    with write(str(path)) as writer:
        writer.write_tile(zxy_to_tileid(HERE.z, HERE.x, HERE.y), content)
        header = {
            "tile_type": kind, "tile_compression": Compression.GZIP if packed else Compression.NONE, "min_zoom": 12, "max_zoom": 12,
            "min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 0, "max_lat_e7": 0, "center_zoom": 12, "center_lon_e7": 0, "center_lat_e7": 0,
        }  # fmt: skip
        writer.finalize(header, metadata)
    return path


def served_by(settings: Any, server: TileServer, path: str = "/{z}/{x}/{y}.png") -> None:
    settings.ANDOCK_BASE_MAP = f"http://{server.host}{path}"
    settings.ANDOCK_BASE_MAP_ATTRIBUTION = "© Vermessungsamt"
    settings.ANDOCK_INNER_HOSTS = [server.host]


# --- a file -----------------------------------------------------------------------------------------------------------
def test_file_that_was_dropped_into_the_folder_is_the_base_map(olpe: Municipality, tmp_path: Path) -> None:
    archive(tmp_path / "map/region.pmtiles", png(), attribution="<a href='x'>© OpenStreetMap</a>")

    answer = Client().get(URL.format(HERE))

    assert answer.content == png()
    assert answer["Content-Type"] == "image/png"
    assert base_map().attribution == "© OpenStreetMap"
    assert Client().get(URL.format(TileAddress(12, HERE.x + 1, HERE.y))).status_code == 404


def test_vector_tiles_keep_their_packing_and_tell_their_layers(olpe: Municipality, tmp_path: Path, settings) -> None:
    layers = [{"id": "roads", "fields": {}}]
    settings.ANDOCK_BASE_MAP = str(
        archive(tmp_path / "a.pmtiles", gzip.compress(b"mvt"), TileType.MVT, vector_layers=layers)
    )

    answer = Client().get(URL.format(HERE))

    assert (answer["Content-Type"], answer["Content-Encoding"]) == (VECTOR, "gzip")
    assert gzip.decompress(answer.content) == b"mvt"
    assert base_map().layers == ("roads",)


def test_file_that_is_copied_over_while_it_is_read_ends_nothing(olpe: Municipality, tmp_path: Path) -> None:
    """In place, as cp does it; in memory that is mapped this ends the process."""
    path = archive(tmp_path / "map/region.pmtiles", png() + b"x" * 50_000)
    source = base_map()
    assert source is not None
    assert source.tile(HERE) is not None

    with path.open("wb") as file:
        file.write(b"PMTiles")

    with pytest.raises(Refused, match="base map"):
        source.tile(HERE)
    assert Client().get(URL.format(HERE)).status_code == 502


def test_service_that_breaks_off_rests_like_one_that_fails(olpe: Municipality, settings, server: TileServer) -> None:
    served_by(settings, server)
    server.claimed = 5000

    assert [Client().get(URL.format(HERE)).status_code for _time in range(2)] == [502, 502]
    assert len(server.asked) == 1


@pytest.mark.parametrize("content", [b"", b"no tiles here", b"PMTiles\x03" + b"\xff" * 200])
def test_file_that_is_no_archive_is_told_by_the_doctor_and_breaks_nothing(
    olpe: Municipality, tmp_path: Path, settings, content: bytes
) -> None:
    (tmp_path / "broken.pmtiles").write_bytes(content)
    settings.ANDOCK_BASE_MAP = str(tmp_path / "broken.pmtiles")

    with pytest.raises(BadBaseMap):
        base_map()
    assert Client().get(URL.format(HERE)).status_code == 502
    assert [finding.is_good for finding in base_map_answers()] == [False]


def test_without_a_base_map_there_are_no_tiles_and_nothing_to_check(olpe: Municipality) -> None:
    assert Client().get(URL.format(HERE)).status_code == 404
    assert list(base_map_answers()) == []


# --- a service --------------------------------------------------------------------------------------------------------
def test_our_server_asks_once_and_keeps_the_tile(olpe: Municipality, settings, server: TileServer) -> None:
    served_by(settings, server)

    answers = [Client().get(URL.format(HERE)) for _time in range(2)]

    assert [answer.content for answer in answers] == [png(), png()]
    assert server.asked == [f"/{HERE.z}/{HERE.x}/{HERE.y}.png"]
    assert answers[0]["Cache-Control"] == "public, max-age=86400"


def test_wms_is_asked_for_the_square_in_the_projection_of_tiles(
    olpe: Municipality, settings, server: TileServer
) -> None:
    served_by(settings, server, "/wms?layers=stadtplan&FORMAT=image/jpeg")

    assert Client().get(URL.format(HERE)).status_code == 200

    told = server.parameters
    assert (told["REQUEST"], told["LAYERS"], told["FORMAT"], told["CRS"]) == (
        "GetMap",
        "stadtplan",
        "image/jpeg",
        "EPSG:3857",
    )
    assert [float(metre) for metre in told["BBOX"].split(",")] == pytest.approx(list(HERE.metres()), abs=0.001)
    assert (told["WIDTH"], told["HEIGHT"], told["VERSION"], told["STYLES"]) == ("256", "256", "1.3.0", "")


def test_nobody_gets_other_parts_of_the_earth_through_us(olpe: Municipality, settings, server: TileServer) -> None:
    served_by(settings, server)

    refused = [ELSEWHERE, TileAddress(12, 5000, 1), TileAddress(20, 0, 0), TileAddress(99, 0, 0)]

    assert {Client().get(URL.format(address)).status_code for address in refused} == {404}
    assert server.asked == []


def test_inner_host_that_was_not_named_is_not_asked(olpe: Municipality, settings, server: TileServer) -> None:
    served_by(settings, server)
    settings.ANDOCK_INNER_HOSTS = ["127.0.0.1:1"]

    assert Client().get(URL.format(HERE)).status_code == 502
    assert server.asked == []


@pytest.mark.parametrize(
    "answer", [(500, b""), (200, REPORT), (200, b""), (403, b""), (200, b"\x89PNG" + b"x" * 2_000_001)]
)
def test_service_that_fails_rests_for_a_minute(olpe: Municipality, settings, server: TileServer, answer: Any) -> None:
    served_by(settings, server)
    server.answer = answer

    assert Client().get(URL.format(HERE)).status_code == 502
    assert Client().get(URL.format(TileAddress(12, HERE.x, HERE.y + 1))).status_code == 502

    assert len([path for path in server.asked if path.startswith("/12/")]) == 1


@pytest.mark.parametrize("status", [204, 404, 410])
def test_service_without_a_tile_there_is_asked_for_others(
    olpe: Municipality, settings, server: TileServer, status: int
) -> None:
    served_by(settings, server)
    server.answer = (status, b"")
    assert Client().get(URL.format(HERE)).status_code == 404
    server.answer = (200, png())

    assert Client().get(URL.format(TileAddress(12, HERE.x, HERE.y + 1))).status_code == 200


def test_few_wait_for_a_slow_service_and_the_others_are_told_at_once(settings, server: TileServer) -> None:
    served_by(settings, server)
    server.gate.clear()
    source = base_map()
    told: list[str] = []

    def ask(number: int) -> None:
        try:
            source.tile(TileAddress(12, number, 0))
        except Refused as refused:
            told.append(str(refused))

    threads = [Thread(target=ask, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    refused_by = time.monotonic() + 4
    while len(told) < 40 - 24 and time.monotonic() < refused_by:
        time.sleep(0.01)
    server.gate.set()
    for thread in threads:
        thread.join()

    assert told == ["Too many wait for the service already."] * (40 - 24)
    assert len(server.asked) == 24
    assert server.most_at_once <= 8


def test_old_tile_is_fetched_anew_and_still_shown_while_the_service_fails(
    olpe: Municipality, settings, server: TileServer, tmp_path: Path
) -> None:
    served_by(settings, server)
    Client().get(URL.format(HERE))
    kept = next(path for path in (tmp_path / "tiles").rglob("*") if path.is_file())
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(kept, (long_ago, long_ago))
    server.answer = (500, b"")

    assert Client().get(URL.format(HERE)).content == png()
    assert len(server.asked) == 2


def test_folder_of_tiles_stays_small(tmp_path: Path) -> None:
    folder = tmp_path / "tiles/x/12/1"
    folder.mkdir(parents=True)
    for number, age in enumerate((200, 3, 2, 1)):
        (folder / str(number)).write_bytes(b"x" * 100)
        moment = time.time() - age * 24 * 3600
        os.utime(folder / str(number), (moment, moment))

    assert tidy(most=250) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["2", "3"]


def test_address_that_is_neither_is_refused(settings) -> None:
    settings.ANDOCK_BASE_MAP = "https://maps.example/"

    with pytest.raises(BadBaseMap, match="LAYERS"):
        base_map()


def test_refusal_of_a_tile_is_raised_where_none_is_kept(settings, server: TileServer) -> None:
    served_by(settings, server)
    server.answer = (500, b"")

    with pytest.raises(Refused):
        base_map().tile(HERE)


# --- doors and doctor -------------------------------------------------------------------------------------------------
def test_door_before_django_answers_tiles_and_passes_everything_else_on(
    olpe: Municipality, settings, server: TileServer
) -> None:
    served_by(settings, server)
    begun: list[Any] = []
    app = with_tiles(lambda environ, _start: [environ["PATH_INFO"].encode()])

    def ask(path: str, method: str = "GET") -> list[bytes]:
        return list(app({"PATH_INFO": path, "REQUEST_METHOD": method}, lambda *what: begun.append(what)))

    assert ask(URL.format(HERE)) == [png()]
    assert ask(URL.format(HERE).rstrip("/"), "HEAD") == []
    assert begun[0][0] == "200 OK"
    assert dict(begun[1][1])["Content-Length"] == str(len(png()))
    assert dict(begun[0][1])["X-Content-Type-Options"] == "nosniff"
    for other in ("/karte/kacheln/1/2/", "/karte/kacheln/1/2/3/4/", "/karte/kacheln/a/2/3/", "/"):
        assert ask(other) == [other.encode()]
    assert ask(URL.format(HERE), "POST") == [URL.format(HERE).encode()]


def test_doctor_looks_at_a_tile_of_the_region(olpe: Municipality, settings, server: TileServer) -> None:
    served_by(settings, server)
    assert [finding.is_good for finding in base_map_answers()] == [True, True, True]

    settings.ANDOCK_BASE_MAP_ATTRIBUTION = ""
    server.answer = (500, b"")
    for path in (settings.ANDOCK_DATA / "tiles").rglob("*"):
        if path.is_file():
            path.unlink()

    assert [finding.is_good for finding in base_map_answers()] == [True, False, False]
