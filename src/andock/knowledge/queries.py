"""Reads of solutions, guides, findings and transfers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce

from andock.events.queries import public_events
from andock.organisations.queries import organisations, terms
from andock.strategy.queries import valid_versions

from .choices import PUBLIC, Publication, SolutionState
from .models import (
    Finding,
    Guide,
    GuideFeedback,
    GuideFile,
    Solution,
    SolutionDocument,
    Transfer,
    TransferStage,
)
from .models.solution import FRESH
from .reuse import reusable_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.events.models import Event
    from andock.organisations.models import Organisation, Term
    from andock.strategy.models import ElementVersion

STATES_IN_ORDER = [state for state in SolutionState if state]
"""What runs first."""


# --- solutions --------------------------------------------------------------------------------------------------------
def published_solutions() -> QuerySet[Solution]:
    """What lists show, with the owner's name."""
    return Solution.objects.filter(publication=Publication.PUBLISHED).select_related("organisation")


def topics_of_solutions() -> QuerySet[Solution, tuple[UUID, int]]:
    """The ids of every published card and its terms, as pairs in the order of the vocabularies."""
    found = published_solutions().filter(terms__isnull=False).order_by("terms__vocabulary", "terms__position")
    return found.values_list("pk", "terms")


def related_to_any(ids: Iterable[str]) -> QuerySet[Solution, tuple[UUID, UUID, str]]:
    """The published cards that are related to one of these, with its id and title."""
    found = published_solutions().filter(related__in=list(ids), related__publication=Publication.PUBLISHED)
    return found.order_by("related").values_list("pk", "related", "related__title")


def with_answers(solutions: QuerySet[Solution]) -> QuerySet[Solution]:
    """With the documents, of which the kind alone decides about an answer, in one more query."""
    documents = SolutionDocument.objects.only("solution_id", "kind")
    return solutions.prefetch_related(Prefetch("documents", documents))


def in_order(solutions: QuerySet[Solution]) -> QuerySet[Solution]:
    """Those in operation first, by title."""
    return solutions.order_by(_rank(), "title", "pk")


def _rank() -> Case:
    ranks = (When(state=state, then=Value(rank)) for rank, state in enumerate(STATES_IN_ORDER))
    return Case(*ranks, default=Value(len(STATES_IN_ORDER)), output_field=IntegerField())


def solution_at(slug: str) -> Solution | None:
    """The card with this address, whoever may see it, with what its page shows and whether more is worth asking for."""
    found = Solution.objects.select_related("organisation__municipality").annotate(
        has_events=Exists(Solution.events.through.objects.filter(solution=OuterRef("pk"))),
        has_findings=Exists(Finding.objects.filter(solution=OuterRef("pk"))),
        has_transfers=Exists(Transfer.objects.filter(solution=OuterRef("pk"))),
    )
    return found.prefetch_related("documents", "partners", "terms").filter(slug=slug).first()


def reusable(solutions: QuerySet[Solution], today: date) -> QuerySet[Solution]:
    """Those with every question answered."""
    return solutions.filter(reusable_on(today))


def solutions_in(solutions: QuerySet[Solution], organisation: Organisation) -> QuerySet[Solution]:
    """Those an organisation owns or takes part in."""
    shared = Solution.partners.through.objects.filter(organisation=organisation)
    return solutions.filter(Q(organisation=organisation) | Q(pk__in=shared.values("solution")))


def own_first(solutions: QuerySet[Solution], organisation: Organisation) -> QuerySet[Solution]:
    """As ``solutions_in``, those it owns before those of others, each in order."""
    is_foreign = Case(When(organisation=organisation, then=Value(0)), default=Value(1), output_field=IntegerField())
    return solutions_in(solutions, organisation).order_by(is_foreign, _rank(), "title", "pk")


def solutions_carrying(solutions: QuerySet[Solution], carried: Iterable[Term]) -> QuerySet[Solution]:
    """Those that carry any of the terms."""
    carrying = Solution.terms.through.objects.filter(term__in=list(carried))
    return solutions.filter(pk__in=carrying.values("solution"))


def solutions_serving(element_id: UUID) -> QuerySet[Solution]:
    """The published solutions that serve a passage of the strategy."""
    return published_solutions().filter(elements=element_id)


def solutions_by_state() -> dict[str, int]:
    """How many published solutions are in which state, those in operation first."""
    counted = dict(published_solutions().order_by().values_list("state").annotate(Count("pk")))
    return {state: counted[state] for state in SolutionState.values if counted.get(state)}


def owners_of_solutions() -> QuerySet[Organisation]:
    """Who owns or takes part in a published solution, by name."""
    public = published_solutions()
    found = Q(pk__in=public.values("organisation")) | Q(pk__in=public.values("partners"))
    return organisations().filter(found).order_by("name")


def terms_of_solutions() -> QuerySet[Term]:
    """The region's terms that published solutions carry."""
    return terms().filter(pk__in=published_solutions().values("terms"))


def elements_of(solution: Solution) -> list[ElementVersion]:
    """The passages a solution serves, with number and title as they are in force, in reading order."""
    found = valid_versions(solution.elements.values_list("pk", flat=True))
    return sorted(found.values(), key=lambda version: (-version.edition.ordinal, version.position))


def related_to(solution: Solution) -> QuerySet[Solution]:
    """The published solutions its owner says belong to it."""
    return in_order(published_solutions().filter(related=solution))


def published_findings() -> QuerySet[Finding]:
    """What was learnt, the latest first, with who says so and where it was learnt; of public places only."""
    found = Finding.objects.filter(publication=Publication.PUBLISHED)
    is_in_place = Q(solution__publication__in=PUBLIC) | Q(solution=None, event__in=public_events().values("pk"))
    return found.filter(is_in_place).select_related("organisation", "solution", "event", "transfer__receiver")


def findings_with(solution: Solution) -> QuerySet[Finding]:
    """What was learnt with a solution."""
    return published_findings().filter(solution=solution)


def findings_at(event: Event) -> QuerySet[Finding]:
    """What was learnt at an event."""
    return published_findings().filter(event=event)


def public_events_of(solution: Solution) -> list[Event]:
    """The events at which it was shown that everybody may read, the latest first."""
    shown = Solution.events.through.objects.filter(solution=solution)
    return list(public_events().filter(pk__in=shown.values("event")).order_by("-first_day", "title"))


def public_document(slug: str, number: int) -> SolutionDocument | None:
    """A file that belongs to a public card."""
    found = SolutionDocument.objects.filter(solution__slug=slug, solution__publication__in=PUBLIC).exclude(file="")
    return found.filter(pk=number).first()


def solutions_serving_any(element_ids: Collection[str]) -> list[tuple[str, Solution]]:
    """Which published solutions serve which passages."""
    through = Solution.elements.through
    rows = through.objects.filter(
        element_id__in=element_ids, solution__publication=Publication.PUBLISHED
    ).select_related("solution__organisation")
    return [(str(row.element_id), row.solution) for row in rows.order_by("solution__title")]


def known_codes() -> dict[str, UUID]:
    """The cards that files name by a code."""
    return dict(Solution.objects.exclude(code="").values_list("code", "pk"))


def desk_solutions(organisation: Organisation) -> QuerySet[Solution]:
    """All cards of an organisation, those longest without a confirmation first."""
    found = Solution.objects.filter(organisation=organisation).select_related("organisation")
    return with_answers(found).order_by(F("confirmed_on").asc(nulls_first=True), "title", "pk")


def own_solution(organisation: Organisation, slug: str) -> Solution | None:
    """The card of an organisation with this address, whatever its state, with what its desk shows."""
    found = Solution.objects.select_related("organisation").prefetch_related("documents", "partners", "terms")
    return found.filter(organisation=organisation, slug=slug).first()


def solutions_to_remind_of(now: datetime) -> QuerySet[Solution]:
    """Published cards nobody has confirmed for a year, nor been reminded of since, by owner."""
    long_ago = now - FRESH
    never = Q(confirmed_on=None, published_at__lt=long_ago)
    due = Q(confirmed_on__lt=long_ago.date()) | never
    found = published_solutions().filter(due, reminded_at=None, is_demonstration=False)
    return found.order_by("organisation", "title")


def existing_ids(ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that belong to a card."""
    return set(Solution.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))


def taken_slugs() -> set[str]:
    """Every address of a card."""
    return set(Solution.objects.values_list("slug", flat=True))


def whole_solutions(organisation: Organisation | None = None) -> QuerySet[Solution]:
    """Cards of an organisation (all if None) with all that belongs to them, in the order of their keys."""
    found = Solution.objects.select_related("organisation__municipality", "organisation__as_district")
    partners = Prefetch("partners", organisations().select_related("municipality", "as_district").order_by("name"))
    found = found.prefetch_related(partners, "terms", "elements", "events", "related", "documents")
    return (found.filter(organisation=organisation) if organisation else found).order_by("code", "published_at", "pk")


def whole_public_solutions() -> QuerySet[Solution]:
    """As ``whole_solutions``, of those in the lists."""
    return whole_solutions().filter(publication=Publication.PUBLISHED)


# --- guides -----------------------------------------------------------------------------------------------------------
def published_guides() -> QuerySet[Guide]:
    """What lists show."""
    return Guide.objects.filter(publication=Publication.PUBLISHED).select_related("organisation")


def own_guide(organisation: Organisation, slug: str) -> Guide | None:
    """The guide of an organisation with this address, whatever its state, with what its desk shows."""
    found = Guide.objects.select_related("organisation").prefetch_related("steps", "checklist", "files", "terms")
    return found.filter(organisation=organisation, slug=slug).first()


def desk_guides(organisation: Organisation) -> QuerySet[Guide]:
    """All guides of an organisation, with how many readers said that each helped or did not."""
    found = Guide.objects.filter(organisation=organisation).select_related("organisation").annotate(
        helped=Count("feedback", filter=Q(feedback__helped=True)),
        not_helped=Count("feedback", filter=Q(feedback__helped=False)),
    )  # fmt: skip
    return found.order_by("number", "title")


def feedback_of(guide: Guide) -> QuerySet[GuideFeedback]:
    """What readers said of a guide, the latest first."""
    return GuideFeedback.objects.filter(guide=guide).select_related("guide__organisation")


def guides_about(solution: Solution) -> QuerySet[Guide]:
    """The published guides about a solution."""
    return published_guides().filter(solutions=solution).order_by("number", "title")


def guides_by_heading() -> list[tuple[str, list[Guide]]]:
    """The published guides under the headings of the list; headings and guides by number, those without one last."""
    found: dict[str, list[Guide]] = {}
    for guide in sorted(published_guides(), key=_numbered):
        found.setdefault(guide.topic, []).append(guide)
    return sorted(found.items(), key=lambda entry: (not entry[0], *_numbered(entry[1][0])))


def _numbered(guide: Guide) -> tuple[bool, str, str]:
    return (not guide.number, guide.number, guide.title)


def guides_carrying(carried: Iterable[Term]) -> QuerySet[Guide]:
    """The published guides that carry any of the terms."""
    carrying = Guide.terms.through.objects.filter(term__in=list(carried))
    return published_guides().filter(pk__in=carrying.values("guide")).order_by("number", "title")


def guide_at(slug: str) -> Guide | None:
    """The guide with this address, whoever may see it, with what its page shows."""
    related = ("steps", "checklist", "files", "terms")
    return Guide.objects.select_related("organisation").prefetch_related(*related).filter(slug=slug).first()


def solutions_of_guide(guide: Guide) -> QuerySet[Solution]:
    """The published solutions a guide is about."""
    return in_order(published_solutions().filter(guides=guide))


def public_file(slug: str, number: int) -> GuideFile | None:
    """A file that belongs to a public guide."""
    found = GuideFile.objects.filter(guide__slug=slug, guide__publication__in=PUBLIC).exclude(file="")
    return found.filter(pk=number).first()


def feedback_counts(guide: Guide) -> dict[str, int]:
    """How many said that it helped, and how many that it did not."""
    counted = dict(GuideFeedback.objects.filter(guide=guide).order_by().values_list("helped").annotate(Count("pk")))
    return {"helped": counted.get(True, 0), "not": counted.get(False, 0)}


def feedback_on(day: date, guide: Guide | None = None) -> int:
    """How many sent feedback on a day: on a guide, on all if None."""
    found = GuideFeedback.objects.filter(given_on=day)
    return (found.filter(guide=guide) if guide else found).count()


def known_guide_codes() -> set[str]:
    return set(Guide.objects.exclude(code="").values_list("code", flat=True))


def taken_guide_slugs() -> set[str]:
    return set(Guide.objects.values_list("slug", flat=True))


# --- transfers --------------------------------------------------------------------------------------------------------
def told_stages(solution: Solution | None = None) -> QuerySet[TransferStage]:
    """All that was ever told of transfers of public cards (of one card), with what replaces it."""
    found = TransferStage.objects.select_related(
        "replaced_by", "transfer__solution__organisation", "transfer__giver",
        "transfer__receiver__municipality", "transfer__receiver__as_district",
    )  # fmt: skip
    found = found.filter(transfer__solution__publication__in=PUBLIC).order_by(
        "transfer__solution__title",
        "transfer__solution_id",
        "transfer__receiver__name",
        "last_day",
        "recorded_on",
        "pk",
    )
    return found.filter(transfer__solution=solution) if solution else found


def told_last() -> QuerySet[TransferStage]:
    """What was told of transfers of public cards and stands, those recorded last first."""
    return told_stages().filter(replaced_by=None).order_by("-recorded_on", "-last_day", "pk")


def stage_ids() -> dict[str, UUID]:
    """The stages that files name."""
    return dict(TransferStage.objects.exclude(code="").values_list("code", "pk"))


def replaced_stages() -> set[UUID]:
    """The rows that others stand for."""
    found = TransferStage.objects.filter(replaced_by__isnull=False)
    return set(found.values_list("pk", flat=True))


def transfers_by_ends() -> dict[tuple[UUID, int], Transfer]:
    """Every transfer by its solution and its receiver."""
    return {(transfer.solution_id, transfer.receiver_id): transfer for transfer in Transfer.objects.all()}


def owners_by_solution(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Who owns these cards."""
    return dict(Solution.objects.filter(pk__in=list(ids)).values_list("pk", "organisation_id"))


def givers_by_solution(ids: Iterable[UUID]) -> dict[UUID, dict[int, int]]:
    """Who has each of these cards' solutions from whom."""
    found: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
    rows = Transfer.objects.filter(solution__in=list(ids)).annotate(from_id=Coalesce("giver", "solution__organisation"))
    for solution_id, receiver_id, giver_id in rows.values_list("solution_id", "receiver_id", "from_id"):
        found[solution_id][receiver_id] = giver_id
    return found


def terms_by_solution() -> dict[UUID, list[Term]]:
    """The region's terms on the public cards that somebody takes over, in their order."""
    taken_over = Transfer.objects.values("solution")
    rows = Solution.terms.through.objects.filter(solution__in=taken_over, solution__publication__in=PUBLIC)
    found: defaultdict[UUID, list[Term]] = defaultdict(list)
    for row in rows.select_related("term").order_by("term"):
        found[row.solution_id].append(row.term)
    return found
