"""The file of the gazetteer: CSV with the columns name, kind and point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.organisations.region_folder import Column, read_rows

from .points import point_in

if TYPE_CHECKING:
    from .points import Point

LONGEST_NAME, LONGEST_KIND = 200, 60


def places_in(name: str, text: str) -> list[tuple[str, str, Point]]:
    """Name, kind and point of each row. Raises ``Refused`` with every problem of the file ``name``."""
    return [(row["name"], row["kind"], row["point"]) for row in read_rows(name, text, COLUMNS)]


def _short(most: int, text: str) -> str:
    if len(text) > most:
        raise ValueError(_("Longer than %d signs.") % most)
    return text


def _name(text: str) -> str:
    return _short(LONGEST_NAME, text)


def _kind(text: str) -> str:
    return _short(LONGEST_KIND, text)


COLUMNS = {
    "name": Column(_name, required=True), "kind": Column(_kind), "point": Column(point_in, required=True),
}  # fmt: skip
