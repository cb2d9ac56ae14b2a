from datetime import date

import pytest
from django.utils import translation

from andock.kernel.dates import parse_date

WORDS = {
    "2019-07-09": "9. Juli 2019",
    "2020-10": "Oktober 2020",
    "2021": "2021",
    "2021-23": "Herbst 2021",
    "[..2021-23]": "spätestens Herbst 2021",
    "[2020-09-15..2021-23]": "spätestens Herbst 2021",
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_date_is_shown_with_its_precision(text: str, words: str) -> None:
    with translation.override("de"):
        assert str(parse_date(text)) == words


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-23", date(2021, 9, 1), date(2021, 11, 30)),
        ("[..2021]", None, date(2021, 12, 31)),
        ("[2020-09-15..2021-23]", date(2020, 9, 15), date(2021, 11, 30)),
    ],
)
def test_date_knows_its_bounds(text: str, earliest: date | None, latest: date) -> None:
    found = parse_date(text)

    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "gestern", "2021-13", "2021-02-30", "21", "[2022..2021]", "[2021..]", "2021-23-01", "2021-00", "2021-10-00"],
)
def test_nonsense_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        parse_date(text)


def test_date_at_the_latest_is_possible_before_and_certain_after() -> None:
    joined = parse_date("[2020-09-15..2021-23]")

    assert not joined.possibly_by(date(2020, 9, 14))
    assert joined.possibly_by(date(2020, 9, 15))
    assert not joined.certainly_by(date(2021, 11, 29))
    assert joined.certainly_by(date(2021, 11, 30))
