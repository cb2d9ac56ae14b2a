"""The table of transfers in a region's folder (``transfers.csv``): a stage a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andock.organisations.loader import one_of
from andock.organisations.region_folder import Column, Problem, Refused, Row, reason_of

from .cells import code, day, line, moment, number, text, truth
from .choices import Stage
from .exchange import read_table
from .givers import goes_round
from .models import Transfer, TransferStage
from .queries import givers_by_solution, owners_by_solution
from .references import solution_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from andock.organisations.models import Organisation

    from .references import Known

ABOUT = {
    "version": Column(line(40)),
    "adapted": Column(truth, default=None),
    "contributed_back": Column(truth, default=None),
    "what_changed": Column(text),
    "cost": Column(number, default=None),
    "staff_days": Column(number, default=None),
}
"""What is said of a transfer as a whole, in its first row."""
COLUMNS = {
    "id": Column(code, required=True),
    "solution": Column(code, required=True),
    "receiver": Column(line(80), required=True),
    "giver": Column(line(80)),
    **ABOUT,
    "stage": Column(one_of(Stage), required=True),
    "date": Column(moment, required=True),
    "confirmed": Column(truth, default=False),
    "recorded_on": Column(day, required=True),
    "replaces": Column(code),
    "source": Column(line(500)),
    "note": Column(text),
}


@dataclass(frozen=True, slots=True)
class IncomingStage:
    """A stage of a file, checked but not saved; ``line`` says where it stands there.

    ``transfer`` is shared by all stages of one; ``replaces`` is a code.
    """

    line: int
    transfer: Transfer
    stage: TransferStage
    replaces: str = ""


class Reader:
    """Reads the rows of a file one after the other: a row may lean on those above it."""

    def __init__(self, rows: list[Row], known: Known) -> None:
        self.rows, self.known = rows, known
        self.solutions = solution_ids({row["solution"] for row in rows})
        self.owners = owners_by_solution(self.solutions.values())
        self.givers = givers_by_solution(self.solutions.values())
        self.transfers: dict[tuple[UUID, int], Transfer] = {}
        self.read: dict[str, IncomingStage] = {}
        self.replaced: set[str] = set()
        self.problems: list[Problem] = []

    def all(self) -> list[IncomingStage]:
        """Raises ``Refused`` with every problem of the file."""
        for row in self.rows:
            self._column = ""
            try:
                self.read[row["id"]] = self._one(row)
            except (ValueError, ValidationError) as error:
                self.problems.append(row.problem(self._column, reason_of(error)))
        if self.problems:
            raise Refused(self.problems)
        return list(self.read.values())

    def _one(self, row: Row) -> IncomingStage:
        self._check("id", row["id"] not in self.read, _("This name stands in an earlier line."))
        transfer = self._transfer(row)
        stage = TransferStage(
            code=row["id"], transfer=transfer, stage=row["stage"], date_text=row["date"], source=row["source"],
            is_confirmed=row["confirmed"], note=row["note"], recorded_on=row["recorded_on"],
        )  # fmt: skip
        stage.put_days()
        has_ground = stage.is_confirmed or stage.source
        self._check("source", has_ground, _("Name the source; only what its receiver has confirmed needs none."))
        is_whole = row["replaces"] or stage.stage != Stage.RETRACTED
        self._check("replaces", is_whole, _("Name the line that says what never happened."))
        self._check_replaced(row["replaces"], stage)
        return IncomingStage(row.line, transfer, stage, row["replaces"])

    def _transfer(self, row: Row) -> Transfer:
        self._check("solution", row["solution"] in self.solutions, _leads_nowhere(row["solution"]))
        self._column = "receiver"
        receiver = self.known.organisation(row["receiver"])
        self._column = "giver"
        giver = self.known.organisation(row["giver"]) if row["giver"] else None
        solution = self.solutions[row["solution"]]
        from_whom = giver.pk if giver else self.owners[solution]
        self._check("receiver", receiver.pk != from_whom, _("Nobody takes a solution over from itself."))
        about = {name: row[name] for name in ABOUT}
        first = self.transfers.setdefault(
            (solution, receiver.pk), Transfer(solution_id=solution, receiver=receiver, giver=giver, **about)
        )
        self._check_same(first, {"giver": giver, **about})
        self._check_circle(self.givers[solution], receiver, from_whom)
        return first

    def _check_circle(self, givers: dict[int, int], receiver: Organisation, from_whom: int) -> None:
        """What is here already stays as it is, whatever a file says of it; and is no circle."""
        giver = givers.setdefault(receiver.pk, from_whom)
        told = _("This goes round in a circle: from there back to %s, directly or through others.")
        self._check("giver", not goes_round(givers, receiver.pk, giver), told % receiver)

    def _check_same(self, first: Transfer, said: Mapping[str, Any]) -> None:
        for column, value in said.items():
            is_same = value in (None, "") or value == getattr(first, column)
            self._check(column, is_same, _("The first line of this transfer says something else."))

    def _check_replaced(self, key: str, stage: TransferStage) -> None:
        if not key:
            return
        self._check("replaces", key in self.read, _("“%s” must stand in an earlier line.") % key)
        earlier = self.read[key]
        self._check("replaces", earlier.transfer is stage.transfer, _("“%s” belongs to another transfer.") % key)
        self._check("replaces", key not in self.replaced, _("“%s” has been replaced already.") % key)
        is_later = earlier.stage.recorded_on <= stage.recorded_on
        self._check("recorded_on", is_later, _("This is before the day of the line it replaces."))
        self.replaced.add(key)

    def _check(self, column: str, is_right: object, reason: str) -> None:
        self._column = column
        if not is_right:
            raise ValueError(reason)


def read_transfers(name: str, content: str, known: Known) -> list[IncomingStage]:
    """The stages of a file. Raises ``Refused`` with every problem of it."""
    return Reader(read_table(name, content, COLUMNS), known).all()


def _leads_nowhere(key: str) -> str:
    return _("“%s” leads to nothing that is loaded here.") % key
