"""Places as people type them, and how they stand in the picture."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from andock.ideas.picture import RADIUS, ground_of, picture_of
from andock.ideas.points import as_text, point_in

SQUARE = {"type": "Polygon", "coordinates": [[[7, 51], [8, 51], [8, 52], [7, 52], [7, 51]]]}
TWO = {"type": "MultiPolygon", "coordinates": [[[[7, 51], [8, 51], [8, 52], [7, 51]]], [[[6, 51], [6.5, 51], [6.5, 51.5], [6, 51]]]]}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("51.4386, 7.7955", (51.4386, 7.7955)),
        ("51.4386,7.7955", (51.4386, 7.7955)),
        ("51.4386 7.7955", (51.4386, 7.7955)),
        ("51,4386 7,7955", (51.4386, 7.7955)),
        ("51,4386; 7,7955", (51.4386, 7.7955)),
        (" 51.43864567, -7 ", (51.43865, -7.0)),
        ("0, 7", (0.0, 7.0)),
        ("", None),
    ],
)
def test_point_is_read_as_people_write_it(text: str, expected: tuple | None) -> None:
    assert point_in(text) == expected


@pytest.mark.parametrize(
    "text", ["0, 0", "91, 7", "51, 181", "51", "hier", "51.4, 7.7, 3", "NaN, inf", "1e5, 7", "9" * 500]
)
def test_text_that_is_no_place_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"51\.4386, 7\.7955"):
        point_in(text)


def test_point_reads_back_as_it_was_written() -> None:
    assert point_in(as_text(51.4386, 7.7955)) == (51.4386, 7.7955)
    assert not as_text(None, None)


def test_marks_stay_apart_even_in_one_place() -> None:
    ground = ground_of([SQUARE])
    assert ground

    drawn = picture_of(ground, [(number, "Bank", "/x/", 51.5, 7.5) for number in range(1, 21)])

    assert all(dist((a.x, a.y), (b.x, b.y)) >= 2 * RADIUS for a, b in combinations(drawn.marks, 2))


def test_place_outside_the_borders_has_no_mark() -> None:
    ground = ground_of([SQUARE])
    assert ground

    assert not picture_of(ground, [(1, "Weit weg", "/x/", 48.1, 11.6)]).marks


def test_area_of_several_parts_is_one_path() -> None:
    ground = ground_of([TWO, SQUARE])
    assert ground

    assert [path.count("M") for path in ground.paths] == [2, 1]
    assert ground_of([]) is None
