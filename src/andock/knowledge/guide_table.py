"""The table of guides in a region's folder (``guides.csv``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andock.organisations.region_folder import Column, Problem, Refused, Row, reason_of

from .cells import code, line, moment, text, truth, web, words
from .exchange import read_table
from .guide_sheet import items_of, steps_of
from .models import Guide
from .references import solution_ids

if TYPE_CHECKING:
    from .references import Known

PLAIN = {
    "number": Column(line(20)),
    "slug": Column(line(90)),
    "title": Column(line(200), required=True),
    "summary": Column(line(400)),
    "text": Column(text),
    "topic": Column(line(80)),
    "version": Column(line(40)),
    "url": Column(web),
    "verified": Column(truth, default=True),
    "note": Column(text),
}
COLUMNS = {
    "id": Column(code, required=True),
    "organisation": Column(line(80)),
    "date": Column(moment),
    "terms": Column(words, default=[]),
    "solutions": Column(words, default=[]),
    "steps": Column(text),
    "checklist": Column(text),
    **PLAIN,
}


@dataclass(frozen=True, slots=True)
class IncomingGuide:
    """A guide of a file, checked but not saved, with what hangs on it."""

    guide: Guide
    links: Mapping[str, list[Any]] = field(default_factory=dict)
    steps: Sequence[tuple[str, str]] = ()
    checklist: Sequence[tuple[str, str]] = ()


def read_guides(name: str, content: str, known: Known) -> list[IncomingGuide]:
    """The guides of a file. Raises ``Refused`` with every problem of it."""
    rows = read_table(name, content, COLUMNS)
    solutions = solution_ids({key for row in rows for key in row["solutions"]})
    found: list[IncomingGuide] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            found.append(guide_of(row.values, known, solutions))
        except (ValueError, ValidationError) as error:
            problems.append(row.problem("", reason_of(error)))
    problems += _twice(rows)
    if problems:
        raise Refused(problems)
    return found


def guide_of(values: Mapping[str, Any], known: Known, solutions: Mapping[str, Any]) -> IncomingGuide:
    """One guide, references resolved. Raises ``ValueError`` or ``ValidationError``."""
    organisation = known.organisation(values["organisation"]) if values["organisation"] else known.agency
    if organisation is None:
        raise ValueError(_("Name the organisation that publishes it; the region has no agency yet."))
    guide = Guide(code=values["id"], organisation=organisation, date_text=values["date"])
    for name in PLAIN:
        setattr(guide, name, values[name])
    unknown = next((key for key in values["solutions"] if key not in solutions), None)
    if unknown:
        raise ValueError(_("“%s” leads to nothing that is loaded here.") % unknown)
    guide.full_clean(exclude={"slug"} if not guide.slug else (), validate_unique=False, validate_constraints=False)
    links = {
        "terms": known.all_terms(values["terms"]),
        "solutions": [solutions[key] for key in values["solutions"]],
    }
    return IncomingGuide(guide, links, steps_of(values["steps"]), items_of(values["checklist"]))


def _twice(rows: list[Row]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        if row["id"] in seen:
            problems.append(row.problem("id", _("This already stands in line %d.") % seen[row["id"]]))
        seen.setdefault(row["id"], row.line)
    return problems
