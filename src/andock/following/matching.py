"""Which news are for whom: each piece once, under the narrowest thing that somebody follows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.search.queries import find, shown_documents

from .choices import ORDER, TOLD_AROUND, Kind, What
from .things import named, search_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from andock.search.models import Document

    from .models import Follow, News
    from .things import Thing

    Name = tuple[str, str]

PLACES = list(Kind)
AT_ONCE = 500
"""Documents in one question: SQLite counts them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A document of which there is news."""

    document: Document
    news: Sequence[News]

    @property
    def what(self) -> What:
        """The weightiest of what has happened."""
        return What(min((one.what for one in self.news), key=ORDER.__getitem__))


@dataclass(frozen=True, slots=True)
class Group:
    """What is new about something somebody follows."""

    thing: Thing
    lines: Sequence[Line]

    @property
    def news(self) -> Iterator[News]:
        return (one for line in self.lines for one in line.news)


def grouped(follows: Iterable[Follow], news: Iterable[News], language: str) -> Iterator[Group]:
    """News under what is followed. What is not public any more, or reads in another language only, is left out."""
    of: defaultdict[Name, list[News]] = defaultdict(list)
    for one in news:
        of[one.source, one.key].append(one)
    if not of:
        return
    ordered = sorted(follows, key=lambda follow: PLACES.index(Kind(follow.kind)))
    things = named(ordered)
    left = {
        (document.source, document.key): document for document in shown_documents(_by_source(of), language=language)
    }
    for follow in ordered:
        thing = things.get((follow.kind, follow.identity))
        lines = list(_lines(follow, thing, left, of, language)) if thing else []
        for line in lines:
            del left[line.document.source, line.document.key]
        if thing and lines:
            yield Group(thing, lines)


def _by_source(names: Iterable[Name]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source, key in names:
        found[source].append(key)
    return found


def _lines(
    follow: Follow, thing: Thing, left: Mapping[Name, Document], of: Mapping[Name, list[News]], language: str
) -> Iterator[Line]:
    """Of the thing itself everything is told; of what belongs to it, that it is new, or that people can take part now."""
    belonging = _belonging(thing, list(left.values()), language)
    for name, document in left.items():
        is_itself = _is_itself(thing, *name)
        if is_itself or document.pk in belonging:
            since = [one for one in of[name] if follow.confirmed_at and one.at > follow.confirmed_at]
            told = [one for one in since if is_itself or one.what in TOLD_AROUND]
            if told:
                yield Line(document, told)


def _is_itself(thing: Thing, source: str, key: str) -> bool:
    match thing.kind:
        case Kind.SOLUTION:
            return (source, key) == ("knowledge", f"solution:{thing.identity}")
        case Kind.MUNICIPALITY:
            return (source, key) == ("organisations", thing.identity)
        case Kind.PROCESS:
            return (source, key) == ("participation", f"process:{thing.identity}")
        case Kind.ELEMENT:
            return source in ("strategy", "local_strategies") and key.endswith(f"/{thing.identity}")
    return False


def _belonging(thing: Thing, documents: Sequence[Document], language: str) -> set[int]:
    """The documents that are filed under a place or topic, or that a search finds."""
    match thing.kind:
        case Kind.MUNICIPALITY:
            return {one.pk for one in documents if f" {thing.slug} " in one.filing.places}
        case Kind.TOPIC:
            return {one.pk for one in documents if f" {thing.slug} " in one.filing.topics}
        case Kind.SEARCH:
            return set(_found(thing, [one.pk for one in documents], language))
    return set()


def _found(thing: Thing, ids: Sequence[int], language: str) -> Iterator[int]:
    """Those that have every word of the search, narrowed as it is."""
    asked = search_of(thing.identity)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = find(asked.question, language=language, facets=asked.facets, among=part, count=AT_ONCE)
        if not (found.some_words or found.missing):
            yield from (hit.document for hit in found.hits)
