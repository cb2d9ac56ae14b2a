"""Places for regions that bring no tiles of their own."""

import csv
import random
from pathlib import Path

from andock.design.layout import assign_tiles

REGION = Path(__file__).resolve().parents[2] / "regions/suedwestfalen"


def centres():
    with (REGION / "municipalities.csv").open(encoding="utf-8") as rows:
        return {row["ags"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(rows)}


def test_every_municipality_gets_a_place_of_its_own():
    found = assign_tiles(centres())

    assert len(found) == 59
    assert len(set(found.values())) == 59
    assert min(col for col, _ in found.values()) == 0
    assert min(row for _, row in found.values()) in {0, 1}


def test_same_points_in_another_order_give_the_same_places():
    points = list(centres().items())
    random.Random(7).shuffle(points)

    assert assign_tiles(dict(points)) == assign_tiles(centres())


def test_north_stays_above_south_and_west_left_of_east():
    found = assign_tiles(centres())
    lippstadt, burbach, halver, marsberg = (found[key] for key in ("05974028", "05970008", "05962020", "05958024"))

    assert lippstadt[1] < burbach[1]
    assert halver[0] < marsberg[0]


def test_one_two_and_no_municipalities_have_places():
    assert assign_tiles({}) == {}
    assert len(assign_tiles({"a": (51.0, 8.0)})) == 1
    assert len(set(assign_tiles({"a": (51.0, 8.0), "b": (51.0, 8.0)}).values())) == 2


def test_large_region_gets_distinct_places():
    places = random.Random(1)
    points = {str(n): (places.uniform(47, 55), places.uniform(6, 15)) for n in range(1100)}

    assert len(set(assign_tiles(points).values())) == 1100
