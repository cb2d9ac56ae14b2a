"""Contributions of a file as it is exported here, read and not saved yet. Answers in it are not read: each office gives its own."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from defusedcsv import csv
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.knowledge import cells
from andock.knowledge.exchange import read_table
from andock.organisations.queries import organisation_keys
from andock.organisations.region_folder import Column, Problem, Refused
from andock.strategy.queries import newest_versions

from . import details, queries
from .addresses import permanent
from .choices import ContributionKind
from .open_data import COLUMNS, columns
from .services.reading_in import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andock.organisations.region_folder import Row

    from .models import Process

MAX_BYTES, MAX_ROWS = 5_000_000, 2000


def _identity(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError as error:
        raise ValueError(_("“%s” is no identity such as 123e4567-e89b-12d3-a456-426614174000.") % cell[:40]) from error


def _kind(cell: str) -> str:
    if cell not in ContributionKind.values:
        raise ValueError(
            _("“%(cell)s” is none of: %(known)s.") % {"cell": cell[:40], "known": ", ".join(ContributionKind.values)}
        )
    return cell


def _past_day(cell: str) -> date:
    found = cells.day(cell)
    if found > timezone.localdate():
        raise ValueError(_("This day is still to come."))
    return found


READ = {
    "url": Column(cells.line(300), required=True), "phase": Column(cells.line(20), required=True),
    "kind": Column(_kind, required=True), "title": Column(cells.line(120)), "text": Column(cells.text, required=True),
    "about": Column(cells.line(300)), "element": Column(_identity, default=None), "municipality": Column(cells.line(60)),
    "sent_on": Column(_past_day, default=None),
}  # fmt: skip
"""Columns that become part of a contribution; all others of ours may stand there and are left."""


def read_file(name: str, text: str, process: Process, now: datetime) -> list[Incoming]:
    """What is not here yet. Raises ``Refused`` with every problem of the file."""
    rows = list(_rows(name, text))
    if not rows:
        raise Refused([Problem(name, 0, "", _("There is no contribution in this file."))])
    if len(rows) > MAX_ROWS:
        raise Refused([Problem(name, 0, "", _("The file has more than %d rows. Please divide it.") % MAX_ROWS)])
    reading = _Reading(process, rows, now)
    found = [reading.incoming(row) for row in rows]
    if reading.problems:
        raise Refused(reading.problems)
    return [one for one in found if one and one.origin not in reading.here]


def _rows(name: str, text: str) -> Iterator[Row]:
    known = {column: READ.get(column, Column(cells.text)) for column in columns()}
    if not text.lstrip().startswith("{"):
        yield from read_table(name, text, known)
        return
    problems: list[Problem] = []
    for number, entry in enumerate(_entries(name, text), start=1):
        try:
            (row,) = read_table(name, _as_csv(entry), known)
        except (Refused, ValueError) as error:
            found = error.problems if isinstance(error, Refused) else [Problem(name, 0, "", str(error))]
            problems += [Problem(name, number, one.column, one.reason) for one in found]
        else:
            yield type(row)(name, number, row.values)
    if problems:
        raise Refused(problems)


def _entries(name: str, text: str) -> list[Any]:
    try:
        found = json.loads(text)["contributions"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise Refused([Problem(name, 0, "", _("This is no JSON as it is exported here."))]) from error
    if not isinstance(found, list):
        raise Refused([Problem(name, 0, "contributions", _("This is no JSON as it is exported here."))])
    return found


def _as_csv(entry: Any) -> str:
    """One entry as a table of one row, so that both kinds of file are read by the same rules. Raises ``ValueError``."""
    if not isinstance(entry, dict) or not all(isinstance(value, str | int | float | None) for value in entry.values()):
        raise ValueError(_("This is no JSON as it is exported here."))
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    writer.writerow(entry)
    writer.writerow(["" if value is None else cells.marked(str(value)) for value in entry.values()])
    return target.getvalue().encode(errors="ignore").decode()  # JSON can spell halves of signs


class _Reading:
    """Rows against what is known here, and what is wrong with them."""

    def __init__(self, process: Process, rows: list[Row], now: datetime) -> None:
        self.process, self.now = process, now
        self.phases = {phase.kind: phase for phase in process.phases.all()}
        self.organisations = organisation_keys()
        self.elements = newest_versions({row["element"] for row in rows if row["element"]})
        self.here = queries.origins_in(process) | {permanent(number) for number in queries.numbers_in(process)}
        self.seen: set[str] = set()
        self.problems: list[Problem] = []

    def incoming(self, row: Row) -> Incoming | None:
        before = len(self.problems)
        self._check(row)
        if len(self.problems) > before:
            return None
        return Incoming(
            row.line, row["url"], self.phases[row["phase"]], row["kind"], row["title"], row["text"], row["about"],
            row["element"], self.organisations.get(row["municipality"]), self._moment(row["sent_on"]),
            {name: row.values.get(name, "") for name in details.columns()},
        )  # fmt: skip

    def _check(self, row: Row) -> None:
        if row["url"] in self.seen:
            self._wrong(row, "url", _("This address stands in the file twice."))
        self.seen.add(row["url"])
        if row["phase"] not in self.phases:
            known = ", ".join(self.phases)
            self._wrong(row, "phase", _("This process has no such phase. It has: %s.") % known)
        if row["element"] and row["element"] not in self.elements:
            self._wrong(row, "element", _("“%s” is not known here.") % row["element"])
        if row["municipality"] and row["municipality"] not in self.organisations:
            self._wrong(row, "municipality", _("“%s” is not known here.") % row["municipality"])

    def _wrong(self, row: Row, column: str, sentence: str) -> None:
        self.problems.append(row.problem(column if column in COLUMNS else "", sentence))

    def _moment(self, day: date | None) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, time(12))), self.now) if day else self.now
