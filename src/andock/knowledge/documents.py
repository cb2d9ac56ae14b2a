"""What the search knows of solutions, guides and findings: those that are public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.organisations.documents import places_of, topics_of
from andock.search.services import renew
from andock.search.source import Entry, Kind, Source

from . import queries
from .models import Finding, Guide, Solution

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

NAME = "knowledge"
SOLUTION, GUIDE, FINDING = "solution", "guide", "finding"
NAMES = {Solution: SOLUTION, Guide: GUIDE, Finding: FINDING}
TOLD = ("benefit", "problem", "text", "target_group", "results", "failures", "prerequisites", "transfer_note")


def groups() -> Iterator[str]:
    yield from (f"{SOLUTION}:{pk}" for pk in queries.published_solutions().values_list("pk", flat=True).iterator())
    yield from (f"{GUIDE}:{pk}" for pk in queries.published_guides().values_list("pk", flat=True).iterator())
    yield from (f"{FINDING}:{pk}" for pk in queries.published_findings().values_list("pk", flat=True).iterator())


def make(group: str) -> Iterator[Entry]:
    """One card, one guide or one finding."""
    what, pk = group.split(":")
    if what == SOLUTION:
        yield from map(_solution, queries.published_solutions().filter(pk=pk))
    elif what == GUIDE:
        yield from map(_guide, queries.published_guides().filter(pk=pk))
    else:
        yield from map(_finding, queries.published_findings().filter(pk=pk))


def _solution(solution: Solution) -> Entry:
    holders = [solution.organisation, *solution.partners.all()]
    terms = list(solution.terms.all())
    return Entry(
        key=f"{SOLUTION}:{solution.pk}",
        kind=SOLUTION,
        url=reverse("knowledge:solution", args=[solution.slug]),
        title=solution.title,
        text="\n".join(filter(None, (getattr(solution, name) for name in TOLD))),
        also=_also(holders, (*map(str, terms), str(solution.get_kind_display()), solution.keywords)),
        places=places_of(*holders),
        topics=topics_of(terms),
        year=_year(solution.start_text),
    )


def _guide(guide: Guide) -> Entry:
    terms = list(guide.terms.all())
    steps = (f"{step.title}\n{step.text}" for step in guide.steps.all())
    return Entry(
        key=f"{GUIDE}:{guide.pk}",
        kind=GUIDE,
        url=reverse("knowledge:guide", args=[guide.slug]),
        title=guide.title,
        text="\n".join(filter(None, (guide.summary, guide.text, *steps))),
        also=_also([guide.organisation], (*map(str, terms), guide.topic, guide.number)),
        places=places_of(guide.organisation),
        topics=topics_of(terms),
        year=_year(guide.date_text),
    )


def _finding(finding: Finding) -> Entry:
    """It is read on the page of its card, else on that of its event."""
    terms = list(finding.terms.all())
    place = finding.solution or finding.event
    name = "knowledge:solution" if finding.solution else "events:event"
    return Entry(
        key=f"{FINDING}:{finding.pk}",
        kind=FINDING,
        url=f"{reverse(name, args=[getattr(place, 'slug', '')])}#{finding.anchor}",
        title=finding.title,
        text=finding.text,
        also=_also([finding.organisation], (*map(str, terms), str(place))),
        places=places_of(finding.organisation),
        topics=topics_of(terms),
        year=finding.found_on.year,
    )


def _also(holders: Iterable[Organisation], words: Iterable[str]) -> str:
    return " ".join(filter(None, (*(holder.name for holder in holders), *words)))


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdecimal() else None


def renew_all(*things: Solution | Guide | Finding) -> None:
    """Let the search find these as they are now; none of them where it is no longer public."""
    renew(NAME, *(f"{NAMES[type(thing)]}:{thing.pk}" for thing in things))


SOURCE = Source(
    name=NAME,
    kinds={
        SOLUTION: Kind(_("Solution"), _("Solutions")),
        GUIDE: Kind(_("Guide"), _("Guides")),
        FINDING: Kind(pgettext_lazy("knowledge", "Finding"), pgettext_lazy("knowledge", "Findings")),
    },
    groups=groups,
    make=make,
)
