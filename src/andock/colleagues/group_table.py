"""The table of learning groups in a region's folder (``groups.csv``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from andock.knowledge.cells import line, text, words
from andock.knowledge.choices import RESERVED_SLUGS
from andock.organisations.region_folder import Column, Problem, Refused, Row, read_rows, reason_of

from .models import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.knowledge.references import Known
    from andock.organisations.models import Organisation

MOST_SLUG = 90


def slug(cell: str) -> str:
    """A word for addresses that no page of its own has."""
    validate_slug(cell)
    if len(cell) > MOST_SLUG or cell in RESERVED_SLUGS:
        raise ValueError(_("“%s” cannot stand in an address here. Choose another word.") % cell[:MOST_SLUG])
    return cell


PLAIN = {
    "slug": Column(slug, required=True),
    "title": Column(line(200), required=True),
    "summary": Column(line(400)),
    "text": Column(text),
    "source": Column(line(500)),
}
COLUMNS = {
    **PLAIN,
    "organisation": Column(line(80)),
    "members": Column(words, default=[]),
    "events": Column(words, default=[]),
    "terms": Column(words, default=[]),
}


@dataclass(frozen=True, slots=True)
class IncomingGroup:
    """A group of a file, checked but not saved, with what hangs on it."""

    group: Group
    members: Sequence[Organisation]
    events: Sequence[Any]
    terms: Sequence[Any]


def read_groups(name: str, content: str, known: Known) -> list[IncomingGroup]:
    """The groups of a file. Raises ``Refused`` with every problem of it."""
    found: list[IncomingGroup] = []
    problems: list[Problem] = []
    rows = read_rows(name, content, COLUMNS)
    for row in rows:
        try:
            found.append(_group_of(row.values, known))
        except (ValueError, ValidationError) as error:
            problems.append(row.problem("", reason_of(error)))
    problems += _twice(rows)
    if problems:
        raise Refused(problems)
    return found


def _group_of(values: Mapping[str, Any], known: Known) -> IncomingGroup:
    founder = known.organisation(values["organisation"]) if values["organisation"] else known.agency
    if founder is None:
        raise ValueError(_("Name the organisation that keeps it; the region has no agency yet."))
    group = Group(organisation=founder, **{name: values[name] for name in PLAIN})
    members = dict.fromkeys([founder, *known.all_organisations(values["members"])])
    return IncomingGroup(group, list(members), known.all_events(values["events"]), known.all_terms(values["terms"]))


def _twice(rows: Sequence[Row]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        if row["slug"] in seen:
            problems.append(row.problem("slug", _("This already stands in line %d.") % seen[row["slug"]]))
        seen.setdefault(row["slug"], row.line)
    return problems
