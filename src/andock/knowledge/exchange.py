"""Solutions as CSV, out and in the same: what is exported and read again is exported equally.

One layout for the region's folder (``solutions.csv``), the desk and the command. Left out are uploaded files.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from defusedcsv import csv
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andock.organisations.loader import one_of
from andock.organisations.region_folder import Column, Problem, Refused, Row, read_rows

from .cells import code, day, line, marked, moment, number, span, structure, text, truth, web, words
from .choices import (
    ADDRESS_WORDS,
    OperatorModel,
    ProcurementPath,
    Publication,
    SettlementType,
    SizeClass,
    SolutionKind,
    SolutionState,
    SpatialEffect,
)
from .models import Solution, SolutionDocument
from .models.solution import RANGES
from .ranges import put_range, range_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .references import Known

PLAIN: dict[str, Column] = {
    "title": Column(line(200), required=True),
    "kind": Column(one_of(SolutionKind), required=True),
    "state": Column(one_of(SolutionState)),
    "benefit": Column(line(400)),
    "text": Column(text),
    "keywords": Column(line(300)),
    "spatial_effect": Column(one_of(SpatialEffect)),
    "start_text": Column(moment),
    "end_text": Column(moment),
    "budget": Column(number, default=None),
    "problem": Column(text),
    "target_group": Column(text),
    "results": Column(text),
    "evidence_url": Column(web),
    "failures": Column(text),
    "prerequisites": Column(text),
    "size_class": Column(one_of(SizeClass)),
    "settlement_type": Column(one_of(SettlementType)),
    "operator_model": Column(one_of(OperatorModel)),
    "operator_note": Column(line(300)),
    "licence": Column(line(120)),
    "repository_url": Column(web),
    "standards": Column(text),
    "procurement_path": Column(one_of(ProcurementPath)),
    "procurement_note": Column(text),
    "data_protection": Column(text),
    "accessibility": Column(text),
    "adaptation": Column(text),
    "transfer_note": Column(text),
    "contact_office": Column(line(200)),
    "answers_until": Column(day, default=None),
    "website": Column(web),
    "opencode_url": Column(web),
    "publiccode_url": Column(web),
    "wissensspeicher_url": Column(web),
    "version": Column(line(40)),
    "confirmed_on": Column(day, default=None),
    "verified": Column(truth, default=True),
    "note": Column(text),
    "source": Column(line(500)),
    "as_of": Column(moment),
}
"""Columns that hold a column of the card as it is."""
NAMES = {"start_text": "start", "end_text": "end", "transfer_note": "transfer", "confirmed_on": "confirmed"}
"""What files call a column where that is another word."""
LINKS = ("partners", "terms", "elements", "events", "related")
DOCUMENT = ("kind", "title", "url")
COLUMNS: dict[str, Column] = {
    "id": Column(code, required=True),
    "slug": Column(line(90)),
    "publication": Column(one_of(Publication), default=Publication.PUBLISHED),
    "organisation": Column(line(80), required=True),
    **{NAMES.get(name, name): column for name, column in PLAIN.items()},
    **{name: Column(span, default=None) for name in RANGES},
    **{name: Column(words, default=[]) for name in LINKS},
    "documents": Column(lambda cell: links_of(structure(cell)), default=[]),
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A card of a file, checked but not saved; ``line`` says where it stands there, ``related`` whom it names."""

    line: int
    solution: Solution
    links: Mapping[str, list[Any]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    documents: tuple[SolutionDocument, ...] = ()


def links_of(given: Any) -> list[SolutionDocument]:
    """Links to documents, not saved yet. Raises ``ValueError`` or ``ValidationError``."""
    if not isinstance(given, list) or any(not isinstance(one, dict) or set(one) != set(DOCUMENT) for one in given):
        told = _("This needs a list with %s for each, as an export writes it.")
        raise ValueError(told % ", ".join(DOCUMENT))
    found = [SolutionDocument(**one) for one in given]
    for one in found:
        one.full_clean(exclude={"solution"}, validate_unique=False, validate_constraints=False)
    if not all(one.url for one in found):
        raise ValueError(_("Each needs a known kind and an address."))
    return found


# --- out --------------------------------------------------------------------------------------------------------------
def write_csv(solutions: Iterable[Solution]) -> Iterator[str]:
    """The head, then a row for each card. A spreadsheet runs nothing of it."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(COLUMNS), delimiter=";", lineterminator="\n")
    writer.writeheader()
    for solution in solutions:
        writer.writerow(_row_of(solution))
        yield _taken(target)
    yield _taken(target)


def _taken(target: io.StringIO) -> str:
    found = target.getvalue()
    target.seek(0)
    target.truncate()
    return found


def _row_of(solution: Solution) -> dict[str, str]:
    links = [{name: getattr(one, name) for name in DOCUMENT} for one in solution.documents.all() if one.url]
    row: dict[str, Any] = {NAMES.get(name, name): getattr(solution, name) for name in PLAIN} | {
        "id": solution.key,
        "slug": solution.slug,
        "publication": solution.publication,
        "organisation": solution.organisation.key,
        "partners": sorted(partner.key for partner in solution.partners.all()),
        "terms": sorted(term.key for term in solution.terms.all()),
        "elements": sorted(str(element.pk) for element in solution.elements.all()),
        "events": sorted(event.slug for event in solution.events.all()),
        "related": sorted(other.key for other in solution.related.all()),
        "documents": json.dumps(links, ensure_ascii=False) if links else "",
    }
    row |= {name: range_of(solution, name) for name in RANGES}
    return {name: marked(_cell(value)) for name, value in row.items()}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


# --- in ---------------------------------------------------------------------------------------------------------------
def read_table(name: str, content: str, columns: Mapping[str, Column]) -> list[Row]:
    """The rows of a table, its cells divided by , or ; – columns that may be empty may be missing. Raises ``Refused``."""
    head = content.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        given: list[str] = next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error as error:
        raise Refused([Problem(name, 1, "", str(error))]) from error
    asked = {key: column for key, column in columns.items() if column.required or key in given}
    left_out = {key: column.default for key, column in columns.items() if key not in asked}
    rows = read_rows(name, content, asked, delimiter=delimiter)
    return [Row(row.file, row.line, {**left_out, **row.values}) for row in rows]


def read_csv(name: str, content: str, known: Known) -> list[Incoming]:
    """The cards of a file, not saved yet. Raises ``Refused`` with every problem of it."""
    found: list[Incoming] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in read_table(name, content, _columns(known)):
        wrong = [*_twice(row, seen), *_check(row)]
        problems += wrong
        if not wrong:
            found.append(_incoming(row))
    if problems:
        raise Refused(problems)
    return found


def _columns(known: Known) -> dict[str, Column]:
    """The columns, with readers that look up what the cells name."""
    look_up: dict[str, Callable[[Any], Any]] = {
        "partners": known.all_organisations, "terms": known.all_terms, "elements": known.all_elements,
        "events": known.all_events,
    }  # fmt: skip
    named = {name: Column(_then(words, find), default=[]) for name, find in look_up.items()}
    return COLUMNS | named | {"organisation": Column(_then(line(80), known.organisation), required=True)}


def _then(read: Callable[[str], Any], find: Callable[[Any], Any]) -> Callable[[str], Any]:
    return lambda cell: find(read(cell))


def _twice(row: Row, seen: dict[str, int]) -> Iterator[Problem]:
    for column in ("id", "slug"):
        key = f"{column} {row[column]}"
        if row[column] and key in seen:
            yield row.problem(column, _("This already stands in line %d.") % seen[key])
        seen.setdefault(key, row.line)


def _check(row: Row) -> Iterator[Problem]:
    """What no cell alone can be blamed for."""
    solution = _solution_of(row)
    if solution.slug in ADDRESS_WORDS:
        yield row.problem("slug", _("“%s” is a word of our addresses. Please choose another.") % solution.slug)
    if solution.first_day and solution.last_day and solution.last_day < solution.first_day:
        yield row.problem("end", _("The end lies before the beginning."))
    yield from _wrong_columns(row, solution)


def _wrong_columns(row: Row, solution: Solution) -> Iterator[Problem]:
    left_out = {"organisation"} | (set() if solution.slug else {"slug"})  # the owner was looked up already
    try:
        solution.full_clean(exclude=left_out, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            yield row.problem(NAMES.get(name, name), " ".join(sentences))


def _incoming(row: Row) -> Incoming:
    links = {name: row[name] for name in LINKS if name != "related"}
    return Incoming(row.line, _solution_of(row), links, tuple(row["related"]), tuple(row["documents"]))


def _solution_of(row: Row) -> Solution:
    """The card a row describes, with no question asked yet."""
    solution = Solution(
        **{name: row[NAMES.get(name, name)] for name in PLAIN},
        organisation=row["organisation"], publication=row["publication"], slug=row["slug"],
    )  # fmt: skip
    _put_identity(solution, row["id"])
    for name in RANGES:
        put_range(solution, name, row[name])
    solution.put_days()
    return solution


def _put_identity(solution: Solution, key: str) -> None:
    """A code such as P001; or the id of a card that was written on a site."""
    try:
        solution.pk = UUID(key)
    except ValueError:
        solution.code = key
