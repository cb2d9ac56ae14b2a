"""What the search knows of local strategies: what is in force and reads differently from the region's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.docking.resolve import REGIONAL
from andock.organisations.documents import places_of, topics_of
from andock.organisations.queries import terms
from andock.search.services import renew
from andock.search.source import Entry, Kind, Source
from andock.strategy.outline import anchor

from . import queries

if TYPE_CHECKING:
    from andock.docking.resolve import Passage
    from andock.organisations.models import Organisation, Term

    from .models import Version

NAME = "local_strategies"


def groups() -> Iterator[str]:
    return (str(pk) for pk in queries.versions_in_force().values_list("strategy__organisation", flat=True))


def make(group: str) -> Iterator[Entry]:
    """The strategy of an organisation, and the passages with words of its own.

    What it takes over word for word is found once, in the region's strategy.
    """
    known = {term.key: term for term in terms()}
    for version in queries.versions_in_force().filter(strategy__organisation=int(group)):
        yield _strategy(version)
        for passage in queries.resolved_version(version).passages:
            if passage.origin.kind != REGIONAL:
                yield _passage(version, passage, [known[key] for key in passage.element.terms if key in known])


def _strategy(version: Version) -> Entry:
    organisation = version.strategy.organisation
    return Entry(
        key=f"{version.strategy_id}",
        kind="local_strategy",
        url=reverse("local_strategies:current", args=[organisation.slug]),
        title=version.title,
        text=version.introduction,
        also=organisation.name,
        places=places_of(organisation),
        year=version.in_force_on.year if version.in_force_on else None,
    )


def _passage(version: Version, passage: Passage, carried: list[Term]) -> Entry:
    organisation, element = version.strategy.organisation, passage.element
    slots = (f"{slot.label}: {slot.value}" for slot in element.parameters if slot.value)
    return Entry(
        key=f"{version.strategy_id}/{element.id}",
        kind="local_passage",
        url=f"{reverse('local_strategies:current', args=[organisation.slug])}#{anchor(element.id)}",
        title=f"{element.label} {element.title}".strip(),
        text="\n".join([*(block.text for block in element.blocks), *slots]),
        also=" ".join([organisation.name, *map(str, carried)]),
        places=places_of(organisation),
        topics=topics_of(carried),
        year=version.in_force_on.year if version.in_force_on else None,
        share=80,
    )


def renew_strategy(organisation: Organisation) -> None:
    """Let the search find what is in force now."""
    renew(NAME, str(organisation.pk))


SOURCE = Source(
    name=NAME,
    kinds={
        "local_strategy": Kind(_("Strategy of a municipality"), _("Strategies of municipalities")),
        "local_passage": Kind(_("Own wording of a municipality"), _("Own wordings of municipalities")),
    },
    groups=groups,
    make=make,
)
