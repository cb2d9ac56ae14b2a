"""What modules say about themselves to the search: which documents they have, and how each reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override

from andock.kernel.modules import documents

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as its module describes it: something that everybody may read, at an address of its own.

    ``key`` is its identity within the source, ``kind`` one of the source's kinds. ``url`` is the path without the
    language. ``also`` are words it is found by that are not shown: who keeps it, where it is. ``places`` are slugs of
    municipalities and ``topics`` those of terms, both for the facets. ``language`` is that of the text; ``elsewhere`` names
    the languages whose readers are shown another wording of the same thing. ``share`` is how much it counts beside
    others that hold the same words, in hundredths.
    """

    key: str
    kind: str
    url: str
    title: str
    text: str = ""
    also: str = ""
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    year: int | None = None
    language: str = "de"
    elsewhere: tuple[str, ...] = ()
    share: int = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of documents is called: one at a hit, several in the list of kinds."""

    one: str | Promise
    several: str | Promise


@dataclass(frozen=True, slots=True)
class Source:
    """The documents of one module, in groups that are always written together: an edition, an event, a page.

    ``groups`` names them all; ``make`` gives the entries of one as they are now, none where nothing of it is public.
    ``kinds`` are the kinds of its entries. ``names`` gives the words for facets whose keys
    this module knows: ``{"places": function of the keys}``.
    """

    name: str
    kinds: Mapping[str, Kind]
    groups: Callable[[], Iterable[str]]
    make: Callable[[str], Iterable[Entry]]
    names: Mapping[str, Callable[[Collection[str]], Mapping[str, str]]] = field(default_factory=dict)

    def entries(self, group: str) -> list[Entry]:
        """The entries of a group, addresses and words in the language of the site."""
        with override(settings.LANGUAGE_CODE):
            return list(self.make(group))


def sources() -> dict[str, Source]:
    """The sources of all modules that are switched on, lower layers first."""
    found: list[Source] = [import_string(path) for path in documents()]
    return {source.name: source for source in found}


def kinds() -> dict[str, Kind]:
    """All kinds of documents, in the order of the modules."""
    return {key: kind for source in sources().values() for key, kind in source.kinds.items()}


def names(facet: str, keys: Collection[str]) -> dict[str, str]:
    """The words for keys of a facet; a key that nobody knows any more stands for itself."""
    known = {key: key for key in keys}
    for source in sources().values():
        if facet in source.names:
            known |= source.names[facet](keys)
    return known
