"""Places as people type them."""

from __future__ import annotations

import pytest

from andock.maps.points import as_text, point_in


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
