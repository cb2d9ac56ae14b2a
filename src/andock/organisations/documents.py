"""What the search knows of organisations, and the names of municipalities and topics for everything it finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.search.source import Entry, Kind, Source

from . import queries
from .choices import OrganisationKind, VocabularyName

if TYPE_CHECKING:
    from .models import Organisation, Term

TOPICS = frozenset({VocabularyName.TOPICS, VocabularyName.FIELDS})
"""The vocabularies whose terms are topics; both of a topic and a field of the same name lead to one page."""


def groups() -> Iterator[str]:
    return (str(pk) for pk in queries.organisations().values_list("pk", flat=True).iterator())


def make(group: str) -> Iterator[Entry]:
    """An organisation with what it says about itself."""
    found = queries.organisations().select_related("as_district", "profile").filter(pk=group).first()
    if found is None:
        return
    profile = getattr(found, "profile", None)
    carried = list(profile.terms.all()) if profile else []
    yield Entry(
        key=group,
        kind="municipality" if found.kind == OrganisationKind.MUNICIPALITY else "organisation",
        url=reverse("portal:municipality", args=[found.slug]),
        title=found.name,
        text=profile.text if profile else "",
        also=" ".join(_also(found, carried)),
        places=places_of(found),
        topics=topics_of(carried),
    )


def _also(organisation: Organisation, carried: Iterable[Term]) -> Iterator[str]:
    yield organisation.official_name
    if municipality := getattr(organisation, "municipality", None):
        yield f"{municipality.postal_codes} {municipality.ags}"
    else:
        yield str(organisation.get_kind_display())
    if organisation.district:
        yield organisation.district.organisation.name
    yield from map(str, carried)


def places_of(*organisations: Organisation | None) -> tuple[str, ...]:
    """The addresses of those that are municipalities, as the search files them."""
    towns = (found for found in organisations if found and found.kind == OrganisationKind.MUNICIPALITY)
    return tuple(sorted({town.slug for town in towns}))


def topics_of(terms: Iterable[Term]) -> tuple[str, ...]:
    """The slugs of those that are topics, as the search files them."""
    return tuple(sorted({term.slug for term in terms if term.vocabulary in TOPICS}))


def place_names(keys: Collection[str]) -> dict[str, str]:
    return dict(queries.organisations().filter(slug__in=list(keys)).values_list("slug", "name"))


def topic_names(keys: Collection[str]) -> dict[str, str]:
    return {term.slug: str(term) for term in queries.terms().filter(slug__in=list(keys), vocabulary__in=list(TOPICS))}


SOURCE = Source(
    name="organisations",
    kinds={
        "municipality": Kind(_("Municipality"), _("Municipalities")),
        "organisation": Kind(_("Organisation"), _("Organisations")),
    },
    groups=groups,
    make=make,
    names={"places": place_names, "topics": topic_names},
)
