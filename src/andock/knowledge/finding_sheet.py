"""A finding as plain values that people write and that can be compared. The services save what is put here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.events.queries import public_events
from andock.organisations.queries import term_keys

from .transfer_queries import solutions_to_learn_from, transfers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .models import Finding


class OfAnotherCard(ValueError):
    """The take-over and the card that were chosen do not belong together."""


def read(finding: Finding) -> dict[str, Any]:
    """As it is saved."""
    return {
        "title": finding.title,
        "text": finding.text,
        "found_on": finding.found_on.isoformat(),
        "transfer": str(finding.transfer_id or ""),
        "solution": finding.solution.slug if finding.solution else "",
        "event": [finding.event.slug] if finding.event else [],
        "terms": sorted(term.key for term in finding.terms.all()),
    }


def put(finding: Finding, values: Mapping[str, Any]) -> None:
    """Write the columns into the finding, not saved yet; a take-over brings its card. Raises ``OfAnotherCard``."""
    finding.title, finding.text = values["title"], values["text"]
    finding.found_on = date.fromisoformat(values["found_on"])
    chosen = values["transfer"]
    finding.transfer = transfers_of(finding.organisation).filter(pk=chosen).first() if chosen else None
    finding.solution = solutions_to_learn_from().filter(slug=values["solution"]).first()
    finding.event = public_events().filter(slug__in=values["event"]).first()
    if finding.transfer and finding.solution not in (None, finding.transfer.solution):
        raise OfAnotherCard(_("This take-over is one of another solution. Please choose the one or the other."))
    if finding.transfer:
        finding.solution = finding.transfer.solution
    finding.is_demonstration = any(place.is_demonstration for place in (finding.solution, finding.event) if place)


def put_terms(finding: Finding, values: Mapping[str, Any]) -> None:
    """Write the topics; the finding is saved."""
    finding.terms.set([term for key, term in term_keys().items() if key in values["terms"]])
