"""Places on the earth as people type and copy them. Pure."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

PAIR = re.compile(
    r"(-?\d{1,3}(?:[.,]\d{1,12})?)\s*(?:[;\s]|,\s)\s*(-?\d{1,3}(?:[.,]\d{1,12})?)|(-?\d{1,3}\.\d{1,12}),(-?\d{1,3}\.\d{1,12})"
)
NORTHMOST, EASTMOST, DECIMALS = 90, 180, 5

Point = tuple[float, float]


def point_in(text: str) -> Point | None:
    """Latitude and longitude in a text such as "51.4386, 7.7955"; None for the empty text.

    Raises ``ValueError`` with a sentence that says how to write it.
    """
    if not text.strip():
        return None
    found = PAIR.fullmatch(text.strip()[:60])
    numbers = [float(group.replace(",", ".")) for group in found.groups() if group] if found else []
    if not numbers or abs(numbers[0]) > NORTHMOST or abs(numbers[1]) > EASTMOST or numbers == [0, 0]:
        raise ValueError(_("This is no place on the map. Write latitude and longitude, for example 51.4386, 7.7955."))
    return round(numbers[0], DECIMALS), round(numbers[1], DECIMALS)


def as_text(latitude: float | None, longitude: float | None) -> str:
    """As it can be typed again; empty where it is unknown."""
    return "" if latitude is None or longitude is None else f"{latitude:.5f}, {longitude:.5f}"
