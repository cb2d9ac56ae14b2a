"""Loads the local strategies of a region: ``local-strategies/*.yaml``, one organisation each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.organisations.queries import organisation_keys, term_keys
from andock.organisations.region_folder import LoadReport, Problem, Refused, RegionFolder
from andock.strategy.choices import EditionState
from andock.strategy.queries import edition_value, public_editions

from .incoming import IncomingVersion, version_of
from .reading_file import Part
from .rules import FOLLOWING
from .services.loading import load_strategy
from .services.storing import CannotChange

if TYPE_CHECKING:
    from andock.docking import local, values
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition

FORMAT = "andock-local-strategy/1"


def load_local_strategies(folder: RegionFolder) -> list[LoadReport]:
    """Every file, by name. Raises ``Refused`` with every problem of a file; nothing of it is written then."""
    names = folder.names("local-strategies/*.yaml")
    if not names:
        return []
    shelf = _Shelf()
    return [_load_file(folder, name, shelf) for name in names]


class _Shelf:
    """What files refer to, read once."""

    def __init__(self) -> None:
        self.organisations = organisation_keys()
        self.editions = {edition.ordinal: edition for edition in public_editions()}
        self.terms = set(term_keys())
        self._values: dict[int, values.Edition] = {}

    def value(self, edition: Edition) -> values.Edition:
        if edition.ordinal not in self._values:
            self._values[edition.ordinal] = edition_value(edition)
        return self._values[edition.ordinal]


def _load_file(folder: RegionFolder, name: str, shelf: _Shelf) -> LoadReport:
    report, data = LoadReport(name), folder.yaml(name)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused([Problem(name, 0, "format", _("The file must begin with “format”: “%s”.") % FORMAT)])
    part = Part(data)
    part.value("format")
    try:
        organisation, versions, target = _organisation(part, shelf), _versions(part, shelf), _target(part, shelf)
        part.close()
        if part.problems or organisation is None:
            raise Refused([Problem(name, 0, place, reason) for place, reason in part.problems])
        is_new = load_strategy(organisation=organisation, versions=versions, target=target)
    except CannotChange as refusal:
        raise Refused([Problem(name, 0, "versions", str(refusal))]) from refusal
    report.count("created" if is_new else "unchanged")
    return report


def _organisation(part: Part, shelf: _Shelf) -> Organisation | None:
    found = shelf.organisations.get(part.text("organisation", required=True))
    if found is None or found.kind not in FOLLOWING:
        part.refuse("organisation", _("Name a municipality or an association by its key or slug."))
        return None
    return found


def _versions(part: Part, shelf: _Shelf) -> list[tuple[Edition, IncomingVersion]]:
    found: list[tuple[Edition, IncomingVersion]] = []
    before: local.Strategy | None = None
    for one in part.parts("versions"):
        edition = _edition(one, "edition", shelf)
        if edition is None:
            continue
        incoming = version_of(one, shelf.value(edition), before, shelf.terms)
        if incoming.fields["number"] != len(found) + 1:
            one.refuse("number", _("Versions are counted 1, 2, 3 without a gap."))
        before = incoming.strategy
        found.append((edition, incoming))
    if not found:
        part.refuse("versions", _("There must be at least one version."))
    return found


def _edition(part: Part, name: str, shelf: _Shelf) -> Edition | None:
    """An edition that is or was in force, by its number."""
    found = shelf.editions.get(part.number(name))
    if found is None or found.state not in {EditionState.IN_FORCE, EditionState.SUPERSEDED}:
        part.refuse(name, _("There is no such edition in force."))
        return None
    return found


def _target(part: Part, shelf: _Shelf) -> Edition | None:
    """The edition that is being taken over, where the file names one."""
    if not part.value("takes_over"):
        return None
    edition = _edition(part, "takes_over", shelf)
    if edition and edition.state != EditionState.IN_FORCE:
        part.refuse("takes_over", _("Only the edition in force can be taken over."))
    return edition
