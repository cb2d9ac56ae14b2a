"""What the search knows of participation: the public processes."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.organisations.documents import places_of, topics_of
from andock.search.source import Entry, Kind, Source

from . import queries

NAME = "participation"
PROCESS = "process"


def groups() -> Iterator[str]:
    yield from (str(pk) for pk in queries.public_processes().prefetch_related(None).values_list("pk", flat=True))


def make(group: str) -> Iterator[Entry]:
    """One process."""
    for process in queries.public_processes().filter(pk=group):
        terms = list(process.terms.all())
        yield Entry(
            key=f"{PROCESS}:{process.pk}", kind=PROCESS, url=reverse("participation:process", args=[process.slug]),
            title=process.title, text="\n".join(filter(None, (process.summary, process.text, process.result))),
            also=" ".join([process.organisation.name, *map(str, terms)]), places=places_of(process.organisation),
            topics=topics_of(terms), year=process.published_at.year if process.published_at else None,
        )  # fmt: skip


SOURCE = Source(
    name=NAME, kinds={PROCESS: Kind(_("Participation"), _("Participation"))}, groups=groups, make=make,
)  # fmt: skip
