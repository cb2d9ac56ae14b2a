"""What files may name: organisations, terms, passages, other cards. A name that leads nowhere is a ``ValueError``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from andock.events.queries import public_events
from andock.organisations.queries import organisation_keys, term_keys, the_region
from andock.strategy.queries import newest_versions

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andock.organisations.models import Organisation


class Known:
    """Read once for all rows of a file."""

    def __init__(self) -> None:
        region = the_region()
        self.agency = region.agency if region else None
        self.organisations, self.terms = organisation_keys(), term_keys()
        self.events = dict(public_events().values_list("slug", "pk"))
        self._elements: dict[str, UUID | None] = {}

    def organisation(self, key: str) -> Organisation:
        return self._one(self.organisations, key)

    def all_organisations(self, keys: Iterable[str]) -> list[Organisation]:
        return [self._one(self.organisations, key) for key in keys]

    def all_terms(self, keys: Iterable[str]) -> list[Any]:
        return [self._one(self.terms, key) for key in keys]

    def all_events(self, slugs: Iterable[str]) -> list[UUID]:
        return [self._one(self.events, slug) for slug in slugs]

    def all_elements(self, words: Iterable[str]) -> list[UUID]:
        """Ids of passages that a public edition has."""
        found = list(words)
        unknown = [word for word in found if word not in self._elements]
        if unknown:
            ids = {word: _identity(word) for word in unknown}
            there = newest_versions(identity for identity in ids.values() if identity)
            self._elements |= {word: identity if identity in there else None for word, identity in ids.items()}
        return [self._one(self._elements, word) for word in found]

    def _one(self, things: Mapping[str, Any], key: str) -> Any:
        if things.get(key) is None:
            raise ValueError(_("“%s” leads to nothing that is loaded here.") % key[:80])
        return things[key]


def _identity(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def solution_ids(keys: Iterable[str]) -> dict[str, UUID]:
    """Cards by how files name them: their code or their id."""
    codes = queries.known_codes()
    found = {key: codes[key] for key in keys if key in codes}
    ids = {key: identity for key in keys if key not in codes and (identity := _identity(key))}
    there = queries.existing_ids(ids.values())
    return found | {key: identity for key, identity in ids.items() if identity in there}
