"""Which office answers for a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import the_region

if TYPE_CHECKING:
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation


def office_of(solution: Solution) -> Organisation:
    """The card's owner; nobody works for the region as such, so the agency answers for it."""
    if solution.organisation.kind == OrganisationKind.REGION and (region := the_region()) and region.agency:
        return region.agency
    return solution.organisation
