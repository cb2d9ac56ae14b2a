"""What the search knows of participation: the public processes and their ideas."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from andock.organisations.documents import places_of, topics_of
from andock.search.source import Entry, Kind, Source

from . import queries

NAME = "participation"
PROCESS, IDEA = "process", "idea"
IDEA_GROUP = "idea-"


def idea_group(number: int) -> str:
    return f"{IDEA_GROUP}{number}"


def groups() -> Iterator[str]:
    yield from (str(pk) for pk in queries.public_processes().prefetch_related(None).values_list("pk", flat=True))
    yield from (idea_group(pk) for pk in queries.searched_ideas().values_list("pk", flat=True).iterator())


def make(group: str) -> Iterator[Entry]:
    """One process, or one idea."""
    return _idea(int(group.removeprefix(IDEA_GROUP))) if group.startswith(IDEA_GROUP) else _process(int(group))


def _idea(number: int) -> Iterator[Entry]:
    for idea in queries.searched_ideas().filter(pk=number):
        yield Entry(
            key=f"{IDEA}:{idea.pk}", kind=IDEA, url=idea.address, title=idea.title, text=idea.text,
            also=idea.process.title, places=places_of(idea.municipality or idea.process.organisation),
            year=idea.published_at.year if idea.published_at else None,
        )  # fmt: skip


def _process(number: int) -> Iterator[Entry]:
    for process in queries.public_processes().filter(pk=number):
        terms = list(process.terms.all())
        yield Entry(
            key=f"{PROCESS}:{process.pk}", kind=PROCESS, url=reverse("participation:process", args=[process.slug]),
            title=process.title, text="\n".join(filter(None, (process.summary, process.text, process.result))),
            also=" ".join([process.organisation.name, *map(str, terms)]), places=places_of(process.organisation),
            topics=topics_of(terms), year=process.published_at.year if process.published_at else None,
        )  # fmt: skip


SOURCE = Source(
    name=NAME, groups=groups, make=make,
    kinds={PROCESS: Kind(_("Participation"), _("Participation")), IDEA: Kind(_("Idea"), _("Ideas"))},
)  # fmt: skip
