"""Ideas, how many support them, and what is said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from andock.knowledge.queries import published_solutions
from andock.organisations.queries import terms
from andock.participation.choices import ContributionKind, ContributionState
from andock.participation.queries import LOCAL_TEXT, public_contributions
from andock.search.queries import Facets, documents, find

from .choices import Order
from .models import Idea, Remark, Support

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation, Term
    from andock.participation.models import Participant, Process

MOST_LOOKED_AT, MOST_SIMILAR, WORDS_OF_TEXT = 200, 5, 15
SEARCH_KIND, TOPICS = "idea", "topics"
WHOLE = (
    "contribution__process__organisation", "contribution__participant", "contribution__municipality",
    "contribution__office", "contribution__answered__response__office", "contribution__answered__response__edition",
    "topic",
)  # fmt: skip

LINE = ("contribution__participant", "contribution__municipality", "contribution__answered", "topic")


def public_ideas(process: Process) -> QuerySet[Idea]:
    """What everybody reads in the list: public, and not joined with another idea. Bare rows, see ``whole``."""
    return Idea.objects.filter(
        contribution__process=process, contribution__kind=ContributionKind.IDEA,
        contribution__state=ContributionState.PUBLIC, merged_into=None,
    )  # fmt: skip


def whole(numbers: Sequence[int]) -> list[Idea]:
    """These ideas in this order, with what a line shows of them.

    Ordering and skipping carry numbers only: whole rows of very many ideas would be sorted for nothing.
    """
    found = Idea.objects.select_related(*LINE).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def in_order(ideas: QuerySet[Idea], order: str) -> QuerySet[Idea]:
    newest = (F("contribution__published_at").desc(), F("pk").desc())
    match order:
        case Order.SUPPORTED:
            return ideas.annotate(rank=_number(Support.objects.filter(idea=OuterRef("pk")))).order_by("-rank", *newest)
        case Order.DISCUSSED:
            return ideas.annotate(rank=_number(_public_remarks().filter(idea=OuterRef("pk")))).order_by(
                "-rank", *newest
            )
        case _:
            return ideas.order_by(*newest)


def idea(process: Process, number: int) -> Idea | None:
    """An idea of a process, whatever its state, with what its page shows."""
    found = Idea.objects.filter(contribution__process=process, pk=number)
    found = found.select_related(*WHOLE, "merged_into__contribution", "contribution__element")
    one = found.first()
    if one:
        one.contribution.process = process
    return one


def locked(idea: Idea) -> Idea:
    """Its row as it is now, until the end of the transaction: nobody joins it with another meanwhile."""
    rows = Idea.objects.select_for_update(of=("self",), no_key=True)
    whole = rows.select_related("contribution__process__organisation")
    return whole.prefetch_related("contribution__process__phases").get(pk=idea.pk)


def ideas_answered_by(process: Process, office: Organisation) -> QuerySet[Idea]:
    """For the desk: everything sent for sure that still says something, the newest first.

    All of them for whoever holds the process, else those meant for the office.
    """
    states = (ContributionState.PUBLIC, ContributionState.HELD)
    found = Idea.objects.filter(contribution__process=process, contribution__state__in=states)
    if process.organisation_id != office.pk:
        found = found.filter(contribution__office=office)
    return found.select_related(*WHOLE, "merged_into", "proposed_into__contribution").order_by("-pk")


def proposed_merger(number: int) -> Idea | None:
    """An idea with what it may be joined with."""
    found = Idea.objects.filter(pk=number).select_related(*WHOLE, "proposed_into__contribution")
    return found.first()


def located(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    return ideas.filter(latitude__isnull=False)


def supports_of(ideas: Iterable[Idea]) -> dict[int, int]:
    """How many people support each of these."""
    found = Support.objects.filter(idea__in=[one.pk for one in ideas]).order_by()
    return dict(found.values_list("idea").annotate(number=Count("pk")))


def remarks_in(ideas: Iterable[Idea]) -> dict[int, int]:
    """How many public remarks there are about each of these."""
    found = _public_remarks().filter(idea__in=[one.pk for one in ideas]).order_by()
    return dict(found.values_list("idea").annotate(number=Count("pk")))


def number_of_ideas(process: Process) -> int:
    """How many stand in the list; counted in an index, without looking at each."""
    public = public_contributions(process).filter(kind=ContributionKind.IDEA)
    # Greater than 0 and not merely given: SQLite looks into its index for that, and else through all ideas there are.
    joined = list(Idea.objects.filter(merged_into__gt=0).values_list("pk", flat=True))
    return public.count() - (public.filter(pk__in=joined).count() if joined else 0)


def is_supporting(participant: Participant, idea: Idea) -> bool:
    return Support.objects.filter(participant=participant, idea=idea).exists()


def supports_by(participant_id: UUID) -> QuerySet[Support]:
    found = Support.objects.filter(participant=participant_id)
    return found.select_related("idea__contribution").order_by("supported_at", "pk")


def ideas_by(participant_id: UUID) -> QuerySet[Idea]:
    """What somebody sent, whatever its state."""
    return Idea.objects.filter(contribution__participant=participant_id).order_by("pk")


def remarks_of(idea: Idea) -> QuerySet[Remark]:
    """What is or was said in public about an idea, in order: what was taken back leaves its place."""
    shown = Q(contribution__state=ContributionState.PUBLIC) | Q(
        contribution__state=ContributionState.WITHDRAWN, contribution__published_at__isnull=False
    )
    return (
        Remark.objects.filter(idea=idea)
        .filter(shown)
        .select_related("contribution__participant", "contribution__answered__response__office",
                        "contribution__answered__response__edition", f"contribution__answered__response__{LOCAL_TEXT}")
        .defer("contribution__answered__response__version__resolved")
    )  # fmt: skip


def remark(number: int) -> Remark:
    return Remark.objects.get(pk=number)


def remark_of(idea: Idea, number: int) -> Remark | None:
    """A public remark that can be answered: not an answer itself."""
    found = _public_remarks().filter(idea=idea, pk=number, answers_to=None)
    return found.select_related("contribution__participant").first()


def merged_ideas(idea: Idea) -> QuerySet[Idea]:
    """Those that were joined with this one and can be read."""
    found = idea.merged.filter(contribution__state=ContributionState.PUBLIC)
    return found.select_related("contribution").order_by("pk")


def topics_of(process: Process) -> list[Term]:
    """The topics an idea of this process can have: the process's own, else all of the region."""
    own = Exists(process.terms.through.objects.filter(process=process, term=OuterRef("pk")))
    found = list(terms().filter(Q(vocabulary=TOPICS) | Q(own)).annotate(is_own=own))
    return [one for one in found if one.is_own] or [one for one in found if one.vocabulary == TOPICS]


def similar_ideas(process: Process, title: str, text: str) -> list[Idea]:
    """Public ideas of the process that the site's search finds by these words, the best first."""
    words = " ".join([title, *text.split()[:WORDS_OF_TEXT]])
    hits = find(words, facets=Facets(kind=SEARCH_KIND), count=MOST_LOOKED_AT).hits
    known = documents([hit.document for hit in hits])
    addresses = [known[hit.document].url for hit in hits if hit.document in known]
    here = f"/{process.slug}/ideen/"
    numbers = [int(address.rstrip("/").rpartition("/")[2]) for address in addresses if here in address]
    there = public_ideas(process).select_related(*WHOLE).in_bulk(numbers)
    return [there[number] for number in numbers if number in there][:MOST_SIMILAR]


def solutions_with_ideas() -> set[int]:
    """The solutions that any idea names."""
    return set(Idea.solutions.through.objects.values_list("solution", flat=True))


def elements_with_ideas() -> set[UUID]:
    """The passages that any idea belongs to."""
    return set(Idea.objects.exclude(contribution__element=None).values_list("contribution__element", flat=True))


def ideas_for(solution: Solution) -> QuerySet[Idea]:
    """Public ideas that led to a solution or are served by it."""
    public = Idea.objects.filter(solutions=solution, contribution__state=ContributionState.PUBLIC)
    return public.select_related("contribution__process").order_by("pk")


def ideas_about(element_id: UUID) -> QuerySet[Idea]:
    """Public ideas that belong to a passage."""
    public = Idea.objects.filter(contribution__element=element_id, contribution__state=ContributionState.PUBLIC)
    return public.select_related("contribution__process").order_by("pk")


def public_solutions(idea: Idea) -> QuerySet[Solution]:
    return published_solutions().filter(ideas=idea)


def photo_names() -> set[str]:
    return set(Idea.objects.exclude(photo="").values_list("photo", flat=True))


def _public_remarks() -> QuerySet[Remark]:
    return Remark.objects.filter(contribution__state=ContributionState.PUBLIC)


def _number(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("idea").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def ideas_with(numbers: Collection[int]) -> QuerySet[Idea]:
    """The ideas with these numbers, with their topics."""
    return Idea.objects.filter(pk__in=numbers).select_related("topic")


def remarks_with(numbers: Collection[int]) -> QuerySet[Remark]:
    return Remark.objects.filter(pk__in=numbers)
