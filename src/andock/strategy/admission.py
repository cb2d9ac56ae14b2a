"""What stands in the way of docking, besides who may act: sentences, by the part of a form they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import lifetimes

from . import queries
from .choices import DockingBasis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from andock.organisations.models import Organisation

    from .models import DockingPeriod, Framework

CAN_DOCK = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.ASSOCIATION})
DECLARED = (DockingBasis.LETTER_OF_INTENT, DockingBasis.COUNCIL_RESOLUTION)
"""The bases that an organisation brings about itself."""
STRENGTH = {
    DockingBasis.NOT_DOCUMENTED: 0,
    DockingBasis.FUNDER_SELECTION: 1,
    DockingBasis.LETTER_OF_INTENT: 1,
    DockingBasis.COUNCIL_RESOLUTION: 2,
}
Obstacle = tuple[str, str]


def obstacles(organisation: Organisation, framework: Framework, basis: str, day: date) -> list[Obstacle]:
    """Pairs of ``""``, ``basis`` or ``day`` and a sentence that says why and what to do; none where docking is fine."""
    found = list(_of_organisation(organisation, day)) + list(_of_day(framework, day))
    period = queries.newest_period(organisation, framework)
    return found or (list(_of_period(period, basis, day)) if period else [])


def wrong_kind(organisation: Organisation) -> str:
    """Why an organisation of this kind does not dock; empty for those that do."""
    if organisation.kind in CAN_DOCK:
        return ""
    return _("Municipalities and their associations dock. The agency can name %s as a supporter.") % organisation


def _of_organisation(organisation: Organisation, day: date) -> Iterator[Obstacle]:
    if sentence := wrong_kind(organisation):
        yield "", sentence
        return
    born, gone = lifetimes().get(organisation.pk, (None, None))
    if gone and gone <= localdate():
        yield "", _("%(name)s ended on %(day)s. Dock for the organisation that followed it.") % {"name": organisation, "day": _in_words(gone)}  # fmt: skip
    if born and day < born:
        yield "day", _("%(name)s exists since %(day)s only. Please check the date.") % {"name": organisation, "day": _in_words(born)}  # fmt: skip


def _of_day(framework: Framework, day: date) -> Iterator[Obstacle]:
    known_since = queries.known_since(framework)
    if day > localdate():
        yield "day", _("This day lies in the future. Hand in once the letter is signed or the resolution passed.")
    elif known_since and day < known_since:
        yield "day", _("%(framework)s exists since %(day)s only. Please check the date.") % {"framework": framework, "day": _in_words(known_since)}  # fmt: skip


def _of_period(period: DockingPeriod, basis: str, day: date) -> Iterator[Obstacle]:
    if period.until_latest:
        if day < period.until_latest:
            yield "day", _("The time before ended on %s only. Please check the date.") % _in_words(period.until_latest)
        return
    if STRENGTH[DockingBasis(basis)] <= STRENGTH[DockingBasis(period.basis)]:
        yield "basis", _("Already docked since %(date)s, on this basis: %(basis)s. Only a better one can follow: a council resolution after a letter.") % {"date": period.since, "basis": period.get_basis_display()}  # fmt: skip
    elif period.since_earliest and day <= period.since_earliest:
        yield "day", _("Docked since %s already. A better basis has a later day.") % period.since


def _in_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
