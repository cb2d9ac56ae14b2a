"""What can be followed, by name and address: asked of the modules each time, so nothing of it is kept here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.kernel.text import one_line
from andock.knowledge.queries import published_solutions
from andock.organisations.documents import TOPICS
from andock.organisations.queries import organisation_by_address, organisations, terms, the_region
from andock.participation.queries import public_processes
from andock.search.narrowing import Request, described
from andock.strategy.queries import valid_versions

from .choices import WORDS, Kind

if TYPE_CHECKING:
    from andock.organisations.models import Region

    from .models import Follow

LONGEST = 700
"""Signs of an identity; a longer search cannot be followed."""
REGION = "region"
"""The identity of the one newsletter there is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is there to be followed. ``slug`` is what the search files others under, where it does."""

    kind: Kind
    identity: str
    name: str
    url: str
    slug: str = ""


def asked_for(given: Mapping[str, Any]) -> Thing | None:
    """What an address such as ``?was=kommune&id=olpe`` names, if it is there."""
    kind = WORDS.get(given.get("was", ""))
    if kind is None:
        return None
    identity = _identity(kind, given)
    return next(iter(_found(kind, [identity])), None) if 0 < len(identity) <= LONGEST else None


def _identity(kind: Kind, given: Mapping[str, Any]) -> str:
    word = one_line(given.get("id", ""))
    match kind:
        case Kind.SEARCH:
            asked = Request.read(given)
            return asked.query() if asked.question else ""
        case Kind.NEWSLETTER:
            return REGION
        case Kind.MUNICIPALITY:
            organisation = organisation_by_address(word)
            return str(organisation.pk) if organisation else ""
        case Kind.SOLUTION | Kind.PROCESS:
            shown = published_solutions() if kind == Kind.SOLUTION else public_processes()
            return "".join(str(pk) for pk in shown.filter(slug=word).values_list("pk", flat=True))
        case Kind.ELEMENT:
            return _uuid(word)
    return word


def _uuid(word: str) -> str:
    try:
        return str(UUID(word))
    except ValueError:
        return ""


def named(follows: Iterable[Follow]) -> dict[tuple[str, str], Thing]:
    """The things of these follows by kind and identity; those that have gone are missing. One question a kind."""
    wanted: defaultdict[Kind, set[str]] = defaultdict(set)
    for follow in follows:
        wanted[Kind(follow.kind)].add(follow.identity)
    return {
        (thing.kind.value, thing.identity): thing
        for kind, identities in wanted.items() for thing in _found(kind, identities)
    }  # fmt: skip


def _found(kind: Kind, identities: Collection[str]) -> Iterator[Thing]:
    return FINDERS[kind](identities)


def _solutions(identities: Collection[str]) -> Iterator[Thing]:
    for found in published_solutions().filter(pk__in=identities):
        yield Thing(Kind.SOLUTION, str(found.pk), found.title, reverse("knowledge:solution", args=[found.slug]))


def _elements(identities: Collection[str]) -> Iterator[Thing]:
    for pk, version in valid_versions(identities).items():
        yield Thing(Kind.ELEMENT, str(pk), str(version), reverse("strategy:element", args=[pk]))


def _processes(identities: Collection[str]) -> Iterator[Thing]:
    for found in public_processes().filter(pk__in=identities).prefetch_related(None):
        url = reverse("participation:process", args=[found.slug])
        yield Thing(Kind.PROCESS, str(found.pk), found.title, url)


def _municipalities(identities: Collection[str]) -> Iterator[Thing]:
    for found in organisations().filter(pk__in=identities):
        url = reverse("portal:municipality", args=[found.slug])
        yield Thing(Kind.MUNICIPALITY, str(found.pk), found.name, url, found.slug)


def _topics(identities: Collection[str]) -> Iterator[Thing]:
    """A topic and a field of action may share an address; they are one thing here."""
    found = {term.slug: str(term) for term in terms().filter(slug__in=identities, vocabulary__in=list(TOPICS))}
    for slug, name in found.items():
        yield Thing(Kind.TOPIC, slug, name, reverse("portal:topic", args=[slug]), slug)


def _searches(identities: Collection[str]) -> Iterator[Thing]:
    for identity in identities:
        name = described(search_of(identity))
        yield Thing(Kind.SEARCH, identity, name, f"{reverse('search:results')}?{identity}")


def _newsletters(identities: Collection[str]) -> Iterator[Thing]:
    if REGION in identities and apps.is_installed("andock.newsletter"):
        yield Thing(Kind.NEWSLETTER, REGION, newsletter_name(the_region()), reverse("newsletter:archive"))


def search_of(identity: str) -> Request:
    """The words of a search that is followed, as the search reads its own addresses."""
    return Request.read(dict(parse_qsl(identity)))


def newsletter_name(region: Region | None) -> str:
    """The region's own word for it."""
    return (region.label("newsletter") if region else "") or _("Newsletter")


FINDERS: dict[Kind, Callable[[Collection[str]], Iterator[Thing]]] = {
    Kind.SOLUTION: _solutions,
    Kind.ELEMENT: _elements,
    Kind.PROCESS: _processes,
    Kind.MUNICIPALITY: _municipalities,
    Kind.TOPIC: _topics,
    Kind.SEARCH: _searches,
    Kind.NEWSLETTER: _newsletters,
}
