"""Addresses of passages of local strategies: where everybody reads one, and which one an address names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from andock.organisations.queries import organisation_by_address
from andock.strategy.outline import anchor

from . import queries
from .choices import VersionState

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from .models import Version

IDENTITY = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
READ = re.compile(r"/kommunen/([-\w]+)/strategie/(?:fassungen/(\d{1,5})/)?$")
WRITTEN = re.compile(rf"/verwaltung/([-\w]+)/strategie/(?:stelle|eigene)/({IDENTITY})/?$")
STANDS = re.compile(rf"s-({IDENTITY})$")


@dataclass(frozen=True, slots=True)
class LocalPassage:
    """A passage of a version. ``is_own``: only the municipality has it."""

    version: Version
    identity: UUID
    is_own: bool


def passage_address(version: Version, identity: UUID) -> str:
    """Where everybody reads a passage of a version that is or was in force, for ever."""
    page = reverse("local_strategies:version", args=[version.strategy.organisation.slug, version.number])
    return f"{page}#{anchor(identity)}"


def passage_at(path: str, fragment: str, writing: Organisation) -> LocalPassage | None:
    """What an address names: a passage of a version that can be read, or of the draft that ``writing`` works on."""
    if (match := READ.search(path)) and (stands := STANDS.match(fragment)):
        return _of(_public(match[1], match[2]), UUID(stands[1]))
    if (match := WRITTEN.search(path)) and match[1] == writing.slug:
        strategy = queries.strategy_of(writing)
        return _of(queries.open_version(strategy) if strategy else None, UUID(match[2]))
    return None


def passage_of(version: Version, identity: UUID) -> LocalPassage | None:
    """The passage, if the version has decided on it or adds it."""
    is_own = version.own_parts.filter(identity=identity).exists()
    found = is_own or version.decisions.filter(element=identity).exists()
    return LocalPassage(version, identity, is_own) if found else None


def _of(version: Version | None, identity: UUID) -> LocalPassage | None:
    return passage_of(version, identity) if version else None


def _public(slug: str, number: str | None) -> Version | None:
    organisation = organisation_by_address(slug)
    if organisation is None:
        return None
    which = {"number": int(number)} if number else {"state": VersionState.IN_FORCE}
    return queries.public_versions(organisation).filter(**which).first()
