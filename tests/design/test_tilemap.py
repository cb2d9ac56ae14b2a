"""The schematic map of Südwestfalen and its geometry."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from andock.design.style_guide import sample_tiles
from andock.design.tilemap import Tile, TileMap, broken, loops, outer_edges

REGION = Path(__file__).resolve().parents[2] / "regions/suedwestfalen"


@pytest.fixture(scope="module")
def suedwestfalen():
    with (REGION / "tiles.csv").open(encoding="utf-8") as rows:
        return TileMap.of(
            Tile(int(row["col"]), int(row["row"]), row["code"], row["label"], district=row["ags"][:5], key=row["ags"])
            for row in csv.DictReader(rows)
        )


def test_region_has_59_tiles_at_59_places(suedwestfalen):
    assert len({tile.cell for tile in suedwestfalen.tiles}) == 59
    assert len({tile.code for tile in suedwestfalen.tiles}) == 59


def test_outlines_of_five_districts_are_one_closed_line_each(suedwestfalen):
    assert len(suedwestfalen.outlines) == 5
    assert [path.count("Z") for path in suedwestfalen.outlines.values()] == [1, 1, 1, 1, 1]


def test_outline_of_one_tile_has_six_corners():
    (loop,) = loops(outer_edges([(0, 0)]))

    assert len(loop) == 6


def test_outline_of_two_neighbours_leaves_out_the_shared_edge():
    (loop,) = loops(outer_edges([(0, 0), (0, 1)]))

    assert len(loop) == 10


def test_outline_around_a_hole_has_two_loops():
    ring = [(1, 0), (2, 0), (0, 1), (2, 1), (1, 2), (2, 2)]

    assert len(loops(outer_edges(ring))) == 2


def test_odd_row_stands_half_a_tile_to_the_right():
    even, odd = Tile(0, 0, "A", "A"), Tile(0, 1, "B", "B")

    assert odd.centre[0] - even.centre[0] == pytest.approx(48.5)


def test_two_tiles_in_one_place_are_refused_by_name():
    with pytest.raises(ValueError, match="Olpe and Wenden share column 3, row 7"):
        TileMap.of([Tile(3, 7, "Olp", "Olpe"), Tile(3, 7, "Wen", "Wenden")])


def test_district_names_touch_no_tile_and_stay_in_the_picture(suedwestfalen):
    left, top, right, bottom = suedwestfalen.bounds

    assert len(suedwestfalen.labels) == 5
    for label in suedwestfalen.labels:
        box = label.box
        assert left <= box[0]
        assert top <= box[1]
        assert box[2] <= right
        assert box[3] <= bottom
        assert not any(
            box[0] < tile.centre[0] < box[2] and box[1] < tile.centre[1] < box[3] for tile in suedwestfalen.tiles
        )


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Olpe", ["Olpe"]),
        ("Schmallen\u00adberg", ["Schmallen-", "berg"]),
        ("Bad Laasphe", ["Bad", "Laasphe"]),
        ("Nachrodt-Wiblingwerde", ["Nachrodt-", "Wiblingwerde"]),
        ("Unteilbarlang", ["Unteilbarlang"]),
    ],
)
def test_long_name_breaks_into_two_lines(label, lines):
    assert broken(label) == lines


def test_digest_changes_with_a_role_and_not_with_the_order():
    tiles = sample_tiles()
    changed = (Tile(0, 0, "Wer", "Werl", "pioneer"), *tiles[1:])

    assert TileMap.of(reversed(tiles)).digest == TileMap.of(tiles).digest
    assert TileMap.of(changed).digest != TileMap.of(tiles).digest


def test_drawing_has_a_tile_and_an_outline_for_each(suedwestfalen):
    drawn = render_to_string("design/tilemap.svg", {"map": suedwestfalen, "style": ""})

    assert drawn.count('class="t none"') == 59
    assert drawn.count('class="o"') == 5
    assert 'id="05966024"' in drawn


def test_rows_of_tiles_are_neighbours(suedwestfalen):
    """The region hangs together: every tile but none stands alone."""
    cells = {tile.cell for tile in suedwestfalen.tiles}
    edges = outer_edges(cells)

    assert len(loops(edges)) == 1
    assert all(first != second for first, second in pairwise(sorted(cells)))
