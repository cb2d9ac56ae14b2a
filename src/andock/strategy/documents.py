"""What the search knows of the strategy: every wording that is public, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.organisations.documents import topics_of
from andock.search.services import renew
from andock.search.source import Entry, Kind, Source

from . import queries
from .choices import EditionState
from .outline import anchor

if TYPE_CHECKING:
    from .models import Edition, ElementVersion, Framework

NAME = "strategy"
SHARES = {EditionState.IN_FORCE: 100, EditionState.CONSULTATION: 80, EditionState.SUPERSEDED: 50}
"""How much an edition's wordings count: what applies comes first, then what may come to apply, then what did."""


def groups() -> Iterator[str]:
    return (str(pk) for pk in queries.frameworks().values_list("pk", flat=True))


def make(group: str) -> Iterator[Entry]:
    """The editions of a framework and their passages.

    A passage that reads alike in several is found once: in the edition in force, else in the newest that has it so.
    """
    editions = queries.public_editions().filter(framework=int(group))
    told: set[tuple[str, str, str]] = set()
    for edition in sorted(editions, key=lambda edition: (-SHARES[EditionState(edition.state)], -edition.ordinal)):
        yield _edition(edition)
        for version in queries.versions_of(edition):
            wording = str(version.element_id), version.title, text_of(version)
            if wording not in told:
                told.add(wording)
                yield _passage(edition, version)


def _edition(edition: Edition) -> Entry:
    return Entry(
        key=f"{edition.framework_id}/{edition.ordinal}",
        kind="edition",
        url=reverse("strategy:edition", args=[edition.ordinal]),
        title=f"{edition.title}, {edition.label}",
        text=edition.note,
        year=_year(edition),
        share=SHARES[EditionState(edition.state)],
    )


def _passage(edition: Edition, version: ElementVersion) -> Entry:
    is_former = edition.state == EditionState.SUPERSEDED
    page = reverse("strategy:edition", args=[edition.ordinal])
    terms = list(version.terms.all())
    return Entry(
        key=f"{edition.framework_id}/{edition.ordinal}/{version.element_id}",
        kind="former_passage" if is_former else "passage",
        url=f"{page}#{anchor(version.element_id)}",
        title=str(version),
        text=text_of(version),
        also=" ".join([edition.label, *map(str, terms)]),
        topics=topics_of(terms),
        year=_year(edition),
        share=SHARES[EditionState(edition.state)],
    )


def text_of(version: ElementVersion) -> str:
    """The text with its slots, as it is read."""
    slots = (f"{slot['label']}: {slot['value']}" for slot in version.parameters if slot.get("value"))
    return "\n".join([*(block["text"] for block in version.blocks), *slots])


def _year(edition: Edition) -> int | None:
    return edition.date.latest.year if edition.date else None


def renew_framework(framework: Framework) -> None:
    """Let the search find the editions as they are now: at the end of each deed that changes what is public of them."""
    renew(NAME, str(framework.pk))


SOURCE = Source(
    name=NAME,
    kinds={
        "passage": Kind(_("Passage of the strategy"), _("Passages of the strategy")),
        "former_passage": Kind(_("Former wording of the strategy"), _("Former wordings of the strategy")),
        "edition": Kind(_("Edition of the strategy"), _("Editions of the strategy")),
    },
    groups=groups,
    make=make,
)
