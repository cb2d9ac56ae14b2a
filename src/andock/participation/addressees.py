"""The file of people who get a letter. It is read for the letters and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.knowledge import cells
from andock.knowledge.exchange import read_table
from andock.organisations.region_folder import Column, Problem, Refused

if TYPE_CHECKING:
    from andock.organisations.region_folder import Row

COLUMNS = {
    "name": Column(cells.line(100), required=True), "street": Column(cells.line(100), required=True),
    "postcode": Column(cells.line(12), required=True), "town": Column(cells.line(80), required=True),
}  # fmt: skip
ALSO = {"straße": "street", "strasse": "street", "plz": "postcode", "ort": "town"}
"""What offices here call the columns."""


@dataclass(frozen=True, slots=True)
class Addressee:
    name: str
    street: str
    postcode: str
    town: str

    def lines(self) -> list[str]:
        """As they stand in the window of an envelope."""
        return [self.name, self.street, f"{self.postcode} {self.town}"]


def read_addressees(name: str, text: str, most: int) -> list[Addressee]:
    """Who gets a letter, each once. Raises ``Refused`` with every problem of the file."""
    rows = read_table(name, _in_our_words(text), COLUMNS)
    if not rows:
        raise Refused([Problem(name, 0, "", _("There is no address in this file."))])
    if len(rows) > most:
        raise Refused([Problem(name, 0, "", _("The file has more than %d rows. Please divide it.") % most)])
    found: dict[Addressee, Row] = {}
    problems = []
    for row in rows:
        one = Addressee(row["name"], row["street"], row["postcode"], row["town"])
        if one in found:
            problems.append(row.problem("name", _("Line %d has the same name and address.") % found[one].line))
        found.setdefault(one, row)
    if problems:
        raise Refused(problems)
    return list(found)


def _in_our_words(text: str) -> str:
    head, line_end, rest = text.partition("\n")
    delimiter = ";" if head.count(";") > head.count(",") else ","
    names = [name.strip().strip('"').strip().lower() for name in head.split(delimiter)]
    return delimiter.join(ALSO.get(name, name) for name in names) + line_end + rest
