"""The map without script: which part is shown, what lies below, and marks that cover no other."""

from __future__ import annotations

from itertools import combinations
from math import dist
from typing import Any

import pytest

from andock.maps.mercator import HALF, Box, TileAddress, box_around, projected, tile_at, tiles_in, unprojected
from andock.maps.picture import NARROWEST, RADIUS, WIDTH, Drawing, Picture, drawn, picture_of

AREA = Box(7, 51, 8, 52)


def feature(kind: str, geometry_type: str, coordinates: Any, name: str = "") -> dict[str, Any]:
    properties = {"kind": kind, "name": name}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry_type, "coordinates": coordinates},
    }


SQUARE = feature("border", "Polygon", [[[7, 51], [8, 51], [8, 52], [7, 52], [7, 51]]], "Olpe")
TWO = feature("green", "MultiPolygon", [[[[7, 51], [8, 51], [8, 52], [7, 51]]], [[[7.1, 51.5], [7.2, 51.5], [7.2, 51.6], [7.1, 51.5]]]])  # fmt: skip


def pictured(*places: tuple[float, float], drawing: Drawing | None = None, tiles: int | None = None) -> Picture:
    found = [(number, f"Bank {number}", "/x/", *place) for number, place in enumerate(places, start=1)]
    return picture_of(drawing or drawn([SQUARE], AREA), AREA, found, deepest_tile=tiles)


def test_marks_stay_apart_even_in_one_place() -> None:
    found = pictured(*[(51.5, 7.5)] * 20)

    assert all(dist((a.x, a.y), (b.x, b.y)) >= 2 * RADIUS for a, b in combinations(found.marks, 2))


def test_place_outside_the_area_has_no_mark() -> None:
    found = pictured((48.1, 11.6), (51.5, 7.5))

    assert [mark.number for mark in found.marks] == [2]


def test_picture_shows_the_part_its_marks_lie_in_but_not_too_near() -> None:
    one, near, far = pictured((51.5, 7.5)), pictured((51.5, 7.5), (51.5, 7.5001)), pictured((51.1, 7.1), (51.9, 7.9))

    assert one.scale == near.scale == WIDTH / NARROWEST
    assert far.scale < one.scale / 50
    assert all(0 < mark.x < WIDTH and 0 < mark.y < far.height for mark in far.marks)
    assert (one.marks[0].x, one.marks[0].y) == (WIDTH / 2, pytest.approx(one.height / 2, abs=0.1))


def test_north_is_above_and_east_is_right() -> None:
    south_west, north_east = pictured((51.2, 7.2), (51.4, 7.4)).marks

    assert south_west.x < north_east.x
    assert south_west.y > north_east.y


def test_shapes_are_closed_where_they_are_areas_and_points_carry_only_a_name() -> None:
    town = feature("town", "Point", [7.5, 51.5], "Olpe")
    drawing = drawn([TWO, SQUARE, feature("street", "LineString", [[7.1, 51.1], [7.2, 51.1]], "Weg"), town], AREA)

    assert [shape.kind for shape in drawing.shapes] == ["green", "border", "street"]
    assert [shape.data.count("M") for shape in drawing.shapes] == [2, 1, 1]
    assert [shape.data.endswith("Z") for shape in drawing.shapes] == [True, True, False]
    assert [label.name for label in drawing.labels] == ["Weg", "Olpe"]


def test_names_of_lines_are_never_upside_down_and_need_room() -> None:
    there = feature("street", "LineString", [[7.5, 51.5], [7.52, 51.51]], "Ein Weg")
    back = feature("street", "LineString", [[7.54, 51.51], [7.52, 51.5]], "Der andere")
    short = feature("street", "LineString", [[7.5, 51.49], [7.5005, 51.49]], "Ein sehr langer Name für eine Gasse")

    found = pictured((51.49, 7.5), (51.52, 7.55), drawing=drawn([there, back, short], AREA)).labels

    assert [label.name for label in found] == ["Ein Weg", "Der andere"]
    assert all(-90 <= label.angle <= 90 for label in found)


def test_names_do_not_cover_each_other() -> None:
    towns = [feature("town", "Point", [7.5 + step / 1000, 51.5], f"Ort {step}") for step in range(20)]

    found = pictured((51.3, 7.3), (51.7, 7.7), drawing=drawn(towns, AREA)).labels

    assert [label.name for label in found] == ["Ort 0"]


def test_lines_of_very_many_points_lose_some_and_stay_closed() -> None:
    ring = [[7 + step / 10_000, 51 + step % 2 / 100] for step in range(9000)] + [[7, 51]]

    data = drawn([feature("border", "Polygon", [ring])], AREA).shapes[0].data

    assert 2000 < data.count("L") < 3200
    assert data.endswith("Z")


def test_tiles_cover_the_picture_and_are_few() -> None:
    found = pictured((51.4, 7.4), (51.6, 7.6), tiles=19)

    assert 4 <= len(found.tiles) <= 25
    assert min(tile.x for tile in found.tiles) <= 0
    assert min(tile.y for tile in found.tiles) <= 0
    assert max(tile.x + tile.side for tile in found.tiles) >= WIDTH
    assert max(tile.y + tile.side for tile in found.tiles) >= found.height
    assert not pictured((51.4, 7.4)).tiles
    assert {tile.address.z for tile in pictured((51.4, 7.4), tiles=9).tiles} == {9}


def test_mark_lies_in_its_tile() -> None:
    found = pictured((51.4, 7.4), (51.6, 7.6), tiles=19)
    mark, zoom = found.marks[0], found.tiles[0].address.z

    home = next(tile for tile in found.tiles if tile.address == tile_at(zoom, 7.4, 51.4))

    assert home.x <= mark.x <= home.x + home.side
    assert home.y <= mark.y <= home.y + home.side


# Corners as OGC 17-083r4 gives them for WebMercatorQuad, and a tile whose bounds are published with the tile scheme.
def test_projection_and_tiles_are_those_of_the_standard() -> None:
    assert projected(180, 85.05112877980659) == pytest.approx((HALF, HALF), abs=0.01)
    assert unprojected(*projected(7.7955, 51.4386)) == pytest.approx((7.7955, 51.4386))
    assert TileAddress(0, 0, 0).metres() == pytest.approx((-HALF, -HALF, HALF, HALF))
    assert tile_at(10, 13.4, 52.5) == TileAddress(10, 550, 335)
    assert TileAddress(10, 550, 335).box().holds(13.4, 52.5)
    assert not TileAddress(3, 8, 0).exists


def test_tiles_in_a_rectangle_are_whole_rows() -> None:
    assert [*tiles_in(1, Box(-10, -10, 10, 10))] == [
        TileAddress(1, 0, 0), TileAddress(1, 1, 0), TileAddress(1, 0, 1), TileAddress(1, 1, 1),
    ]  # fmt: skip
    assert box_around([]) is None
