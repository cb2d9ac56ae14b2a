"""A card as plain values that people write and that can be compared. The services save what is put here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.events.queries import public_events
from andock.organisations.queries import organisations, term_keys

from .models.solution import RANGES
from .queries import published_solutions
from .ranges import parse_range, put_range, range_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .models import Solution

COLUMNS = (
    "title", "kind", "state", "benefit", "text", "problem", "target_group", "start_text", "end_text", "spatial_effect",
    "results", "evidence_url", "failures", "prerequisites", "size_class", "settlement_type", "budget",
    "operator_model", "operator_note", "licence", "repository_url", "standards", "procurement_path",
    "procurement_note", "data_protection", "accessibility", "adaptation", "transfer_note", "contact_office", "version",
    "keywords", "website", "opencode_url", "publiccode_url", "wissensspeicher_url", "source", "as_of", "verified",
    "note",
)  # fmt: skip
"""The columns that stand on the screen as they are."""
LINKS = ("partners", "terms", "elements", "events", "related")


class WrongDates(ValueError):
    """The end lies before the beginning."""


def read(solution: Solution) -> dict[str, Any]:
    """The card as it is saved."""
    found: dict[str, Any] = {name: getattr(solution, name) for name in COLUMNS}
    found |= {name: str(range_of(solution, name) or "") for name in RANGES}
    found["answers_until"] = solution.answers_until.isoformat() if solution.answers_until else ""
    return found | {
        "partners": sorted(partner.slug for partner in solution.partners.all()),
        "terms": sorted(term.key for term in solution.terms.all()),
        "elements": sorted(str(pk) for pk in solution.elements.values_list("pk", flat=True)),
        "events": sorted(solution.events.values_list("slug", flat=True)),
        "related": sorted(solution.related.values_list("slug", flat=True)),
    }


def put(solution: Solution, values: Mapping[str, Any]) -> None:
    """Write the columns into the card, not saved yet. Raises ``WrongDates`` or ``ValueError``."""
    for name in COLUMNS:
        setattr(solution, name, values[name])
    for name in RANGES:
        put_range(solution, name, parse_range(values[name]) if values[name] else None)
    solution.answers_until = date.fromisoformat(values["answers_until"]) if values["answers_until"] else None
    solution.put_days()
    if solution.first_day and solution.last_day and solution.last_day < solution.first_day:
        raise WrongDates(_("The end lies before the beginning."))


def put_links(solution: Solution, values: Mapping[str, Any]) -> None:
    """Write what stands in other tables; the card is saved."""
    solution.partners.set(organisations().filter(slug__in=values["partners"]))
    solution.terms.set([term for key, term in term_keys().items() if key in values["terms"]])
    solution.elements.set(values["elements"])
    solution.events.set(public_events().filter(slug__in=values["events"]))
    solution.related.set(published_solutions().exclude(pk=solution.pk).filter(slug__in=values["related"]))
