from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from andock.events.dating import has_days, heading, sheet, when
from andock.events.models import Event

BERLIN = ZoneInfo("Europe/Berlin")
START, END = datetime(2020, 11, 18, 14, tzinfo=BERLIN), datetime(2020, 11, 18, 15, 30, tzinfo=BERLIN)


def event(**values: object) -> Event:
    """Not saved: only its date matters."""
    made = Event(title="Abend", **values)
    made.first_day, made.last_day = made.days()
    return made


@pytest.mark.parametrize(
    ("values", "words", "machine"),
    [
        ({"starts_at": START, "ends_at": END}, "Mittwoch, 18. November 2020, 14:00 bis 15:30 Uhr", "2020-11-18T14:00+01:00"),
        ({"starts_at": START}, "Mittwoch, 18. November 2020, 14:00 Uhr", "2020-11-18T14:00+01:00"),
        (
            {"starts_at": START, "ends_at": END.replace(day=19)},
            "Mittwoch, 18. November 2020, 14:00 Uhr bis Donnerstag, 19. November 2020, 15:30 Uhr",
            "2020-11-18T14:00+01:00",
        ),
        ({"date_text": "2020-05-13"}, "Mittwoch, 13. Mai 2020", "2020-05-13"),
        ({"date_text": "2021-08-26", "end_text": "2021-08-26"}, "Donnerstag, 26. August 2021", "2021-08-26"),
        ({"date_text": "2021-07-21", "end_text": "2021-08-08"}, "21. Juli bis 8. August 2021", "2021-07-21"),
        ({"date_text": "2021-12-30", "end_text": "2022-01-02"}, "30. Dezember 2021 bis 2. Januar 2022", "2021-12-30"),
        ({"date_text": "2021-04"}, "im April 2021", "2021-04"),
        ({"date_text": "2021-04", "end_text": "2021-06"}, "April 2021 bis Juni 2021", "2021-04"),
        ({"date_text": "2021-23"}, "im Herbst 2021", ""),
        ({"date_text": "2021"}, "im Jahr 2021", "2021"),
        ({"date_text": "[..2021-23]"}, "spätestens Herbst 2021", ""),
    ],
)  # fmt: skip
def test_when_says_what_is_known_and_no_more(values: dict, words: str, machine: str) -> None:
    found = when(event(**values))

    assert (str(found), found.machine) == (words, machine)


def test_when_in_english() -> None:
    with override("en"):
        assert str(when(event(starts_at=START, ends_at=END))) == "Wednesday, 18 November 2020, 14:00 to 15:30"
        assert str(when(event(date_text="2021-07-21", end_text="2021-08-08"))) == "21 July to 8 August 2021"


@pytest.mark.parametrize(
    ("text", "number", "month", "under"),
    [
        ("2020-05-13", "13", "Mai", "Mai 2020"),
        ("2021-04", "", "Apr", "April 2021"),
        ("2021-23", "", "", "Herbst 2021"),
        ("2021", "", "", "2021"),
        ("[..2021]", "", "", "spätestens 2021"),
    ],
)
def test_sheet_and_heading_name_no_day_that_is_not_known(text: str, number: str, month: str, under: str) -> None:
    made = event(date_text=text)

    assert (sheet(made).number, sheet(made).month, heading(made)) == (number, month, under)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"starts_at": START}, True),
        ({"date_text": "2021-08-26", "end_text": "2021-08-27"}, True),
        ({"date_text": "2021-07-21", "end_text": "2021-08-08"}, False),
        ({"date_text": "2021-07-21", "end_text": "2021-08"}, False),
        ({"date_text": "2021-04"}, False),
    ],
)
def test_has_days_if_they_are_known_and_few(values: dict, expected: bool) -> None:
    assert has_days(event(**values)) is expected
