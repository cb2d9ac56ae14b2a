"""Reads of the strategy and of who takes part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, QuerySet

from andock.docking import values
from andock.organisations.queries import gone_on

from .choices import FROZEN_STATES, TAKING_PART, DockingRole, EditionState, PeriodEnding
from .exchange import EditionDocument, SignatoryEntry
from .models import DockingPeriod, Edition, ElementVersion, Framework, Lineage, Signatory
from .models.docking import IN_TURN

if TYPE_CHECKING:
    from uuid import UUID

    from andock.organisations.models import Municipality, Organisation, Term


def the_framework() -> Framework | None:
    """The framework of this region. Several may come later; the first is the region's own."""
    return Framework.objects.order_by("pk").first()


def frameworks() -> QuerySet[Framework]:
    return Framework.objects.order_by("pk")


def public_editions() -> QuerySet[Edition]:
    """All editions the public may read, newest first."""
    return Edition.objects.exclude(state=EditionState.DRAFT).select_related("framework").order_by("-ordinal")


def taken_back_editions() -> QuerySet[Edition]:
    """Drafts that readers could read once, newest first."""
    return Edition.objects.filter(state=EditionState.DRAFT, was_shown=True).order_by("-ordinal")


def open_editions(framework: Framework) -> QuerySet[Edition]:
    """Drafts and texts in consultation, newest first."""
    return framework.editions.exclude(state__in=FROZEN_STATES).select_related("framework__owner").order_by("-ordinal")


def edition_in_force() -> Edition | None:
    return Edition.objects.select_related("framework").filter(state=EditionState.IN_FORCE).order_by("framework").first()


def previous_edition(edition: Edition) -> Edition | None:
    """The edition before this one that was ever in force."""
    return (
        Edition.objects.filter(framework=edition.framework_id, ordinal__lt=edition.ordinal)
        .exclude(state=EditionState.DRAFT)
        .order_by("-ordinal")
        .first()
    )


def edition_in_consultation(edition: Edition) -> Edition | None:
    """The edition people may comment on while ``edition`` is in force."""
    return Edition.objects.filter(
        framework=edition.framework_id, ordinal__gt=edition.ordinal, state=EditionState.CONSULTATION
    ).first()


def first_editions(edition: Edition) -> dict[UUID, str]:
    """The label of the first public edition each element of ``edition`` stood in, by element."""
    versions = (
        ElementVersion.objects.filter(edition__framework=edition.framework_id, edition__ordinal__lte=edition.ordinal)
        .exclude(edition__state=EditionState.DRAFT)
        .order_by("-edition__ordinal")
        .values_list("element_id", "edition__label")
    )
    return dict(versions)


def versions_of(edition: Edition) -> QuerySet[ElementVersion]:
    """The edition's elements in reading order, with their terms."""
    return edition.versions.order_by("position").prefetch_related("terms")


def elements_of_type(edition: Edition, element_type: str) -> QuerySet[ElementVersion]:
    """The edition's elements of one type in reading order."""
    return edition.versions.filter(type=element_type).order_by("position")


def elements_carrying(edition: Edition, terms: Iterable[Term]) -> QuerySet[ElementVersion]:
    """The edition's elements that carry any of the terms, in reading order."""
    return edition.versions.filter(terms__in=list(terms)).distinct().order_by("position")


def elements_in_force_carrying(terms: Iterable[Term]) -> list[ElementVersion]:
    """The elements in force that carry any of the terms, in reading order, each with its edition."""
    found = ElementVersion.objects.filter(edition__state=EditionState.IN_FORCE, terms__in=list(terms)).distinct()
    elements = list(found.select_related("edition").order_by("edition__framework", "position"))
    return [element for element in elements if element.edition_id == elements[0].edition_id]


def wordings_of(element_id: UUID) -> QuerySet[ElementVersion]:
    """How an element reads in every public edition, newest first."""
    return (
        ElementVersion.objects.filter(element_id=element_id)
        .exclude(edition__state=EditionState.DRAFT)
        .select_related("edition__framework")
        .prefetch_related("terms")
        .order_by("-edition__ordinal")
    )


def earlier_version(edition: Edition, element_id: UUID) -> ElementVersion | None:
    """How an element last read in a public edition before this one."""
    return (
        wordings_of(element_id)
        .filter(edition__framework=edition.framework_id, edition__ordinal__lt=edition.ordinal)
        .first()
    )


def lineage_with_titles(edition: Edition) -> list[Lineage]:
    """The lineage of an edition; ``source_title`` and ``target_title`` as they read before and now."""
    rows = list(edition.lineage.order_by("pk"))
    before = previous_edition(edition)
    old: dict[UUID | None, str] = {found.element_id: str(found) for found in before.versions.all()} if before else {}
    new: dict[UUID | None, str] = {found.element_id: str(found) for found in edition.versions.all()}
    for row in rows:
        row.source_title = old.get(row.source_id) or new.get(row.source_id, "")  # type: ignore[attr-defined]
        row.target_title = new.get(row.target_id) or old.get(row.target_id, "")  # type: ignore[attr-defined]
    return rows


def elements_missing_from(edition: Edition) -> list[ElementVersion]:
    """The last wording of every element that earlier public editions had and this one has not, newest first."""
    earlier = (
        ElementVersion.objects.filter(edition__framework=edition.framework_id, edition__ordinal__lt=edition.ordinal)
        .exclude(edition__state=EditionState.DRAFT)
        .exclude(element__in=edition.versions.values("element"))
        .select_related("edition")
        .order_by("-edition__ordinal", "position")
    )
    last: dict[UUID, ElementVersion] = {}
    for version in earlier:
        last.setdefault(version.element_id, version)
    return list(last.values())


def editions_with_counts() -> QuerySet[Edition]:
    """All public editions, newest first, with the number of ``passages`` and of ``signers``."""
    return public_editions().annotate(
        passages=Count("versions", distinct=True), signers=Count("signatories", distinct=True)
    )


def version_labelled(ordinal: int, label: str) -> ElementVersion | None:
    """The passage that carries this number in this public edition."""
    return (
        ElementVersion.objects.exclude(edition__state=EditionState.DRAFT)
        .filter(edition__ordinal=ordinal, label=label)
        .order_by("position")
        .first()
    )


def lineage_of(element_id: UUID) -> QuerySet[Lineage]:
    """What became of an element and what it came from, newest edition first."""
    return (
        Lineage.objects.filter(Q(source=element_id) | Q(target=element_id))
        .exclude(edition__state=EditionState.DRAFT)
        .select_related("edition")
        .order_by("-edition__ordinal", "pk")
    )


def newest_versions(element_ids: Iterable[UUID]) -> dict[UUID, ElementVersion]:
    """How each element reads in the newest public edition that has it."""
    return {version.element_id: version for version in _oldest_first(set(element_ids))}


def valid_versions(element_ids: Iterable[UUID | str]) -> dict[UUID, ElementVersion]:
    """How each element reads in the edition in force; where that has it not, in the newest one that has it."""
    found = sorted(_oldest_first(element_ids), key=lambda version: version.edition.state == EditionState.IN_FORCE)
    return {version.element_id: version for version in found}


def _oldest_first(element_ids: Iterable[UUID | str]) -> QuerySet[ElementVersion]:
    versions = ElementVersion.objects.filter(element_id__in=element_ids).exclude(edition__state=EditionState.DRAFT)
    return versions.select_related("edition").order_by("edition__ordinal")


def lineage_between(old: Edition, new: Edition) -> list[tuple[values.Lineage, ...]]:
    """The lineage of every public edition after ``old`` up to ``new``, one tuple each, oldest first."""
    rows = (
        Lineage.objects.filter(
            edition__framework=new.framework_id, edition__ordinal__gt=old.ordinal, edition__ordinal__lte=new.ordinal
        )
        .exclude(edition__state=EditionState.DRAFT)
        .order_by("edition__ordinal", "pk")
        .select_related("edition")
    )
    return [tuple(lineage_value(row) for row in step) for _, step in groupby(rows, key=lambda row: row.edition.ordinal)]


def lineage_steps(framework: Framework, draft: Edition | None = None) -> dict[int, tuple[values.Lineage, ...]]:
    """The lineage of every edition that is or was in force by its number, and that of a draft to look ahead with."""
    rows = (
        Lineage.objects.filter(edition__framework=framework.pk)
        .filter(Q(edition__state__in=FROZEN_STATES) | Q(edition=draft.pk if draft else None))
        .order_by("edition__ordinal", "pk")
        .select_related("edition")
    )
    return {
        ordinal: tuple(lineage_value(row) for row in step)
        for ordinal, step in groupby(rows, key=lambda row: row.edition.ordinal)
    }


def edition_document(edition: Edition) -> EditionDocument:
    """Everything of an edition as plain values, as the exchange format and the engine take it."""
    return EditionDocument(
        framework=edition.framework.slug,
        edition=replace(edition_value(edition), lineage=tuple(map(lineage_value, edition.lineage.order_by("pk")))),
        kind=edition.kind,
        state=edition.state,
        date=edition.date_text,
        note=edition.note,
        demonstration=edition.demonstration,
        sources=tuple(values.Source(**source) for source in edition.sources),
        signatories=tuple(
            _signatory(row)
            for row in edition.signatories.select_related("organisation__municipality", "organisation__as_district")
        ),
    )


def edition_value(edition: Edition) -> values.Edition:
    """The edition's elements as the engine takes them, without lineage."""
    elements = tuple(element_value(version) for version in versions_of(edition))
    return values.Edition(ordinal=edition.ordinal, label=edition.label, title=edition.title, elements=elements)


def element_value(version: ElementVersion) -> values.Element:
    """One element as the engine takes it; terms must be prefetched where there are many."""
    return values.Element(
        id=str(version.element_id),
        parent=str(version.parent_id) if version.parent_id else None,
        type=version.type,
        label=version.label,
        title=version.title,
        obligation=version.obligation,
        terms=tuple(sorted(term.key for term in version.terms.all())),
        without_technology=version.without_technology,
        parameters=tuple(values.Parameter(**parameter) for parameter in version.parameters),
        blocks=tuple(values.Block(**block) for block in version.blocks),
        sources=tuple(values.Source(**source) for source in version.sources),
        verified=version.verified,
        note=version.note,
    )


def lineage_value(row: Lineage) -> values.Lineage:
    return values.Lineage(
        kind=row.kind,
        source=str(row.source_id) if row.source_id else None,
        target=str(row.target_id) if row.target_id else None,
        relation=row.relation,
        reason=row.reason,
    )


def _signatory(row: Signatory) -> SignatoryEntry:
    return SignatoryEntry(name=row.name, role=row.role, organisation=row.organisation_key)


# --- who takes part -------------------------------------------------------------------------------------------------
def periods_of(organisation: Organisation) -> QuerySet[DockingPeriod]:
    """When and how an organisation takes or took part, oldest first."""
    return DockingPeriod.objects.filter(docking__organisation=organisation.pk).select_related("docking__framework")


def newest_period(organisation: Organisation, framework: Framework) -> DockingPeriod | None:
    """The last period of an organisation in a framework, running or over."""
    return periods_of(organisation).filter(docking__framework=framework).last()


def known_since(framework: Framework) -> date | None:
    """The first day from which anything is known of a framework: an edition, or somebody who took part."""
    begun = DockingPeriod.objects.filter(docking__framework=framework).aggregate(day=Min("since_earliest"))["day"]
    dates = [edition.date for edition in framework.editions.exclude(state=EditionState.DRAFT)]
    return min((day for day in (begun, *(date.earliest for date in dates if date)) if day), default=None)


def periods_on(day: date) -> list[DockingPeriod]:
    """The periods that may cover ``day``, one query for everything that is counted or shown of that day."""
    return list(
        DockingPeriod.objects.filter(
            Q(since_earliest__isnull=True) | Q(since_earliest__lte=day),
            Q(until_latest__isnull=True) | Q(until_latest__gt=day),
        )
        .select_related("docking__organisation__municipality", "docking__organisation__as_district")
        .order_by("docking__organisation__name", *IN_TURN)
    )


def periods_ever() -> list[DockingPeriod]:
    """All periods of all organisations, in the order in which they began."""
    return list(DockingPeriod.objects.select_related("docking").order_by("since_latest", "pk"))


def pauses_on(day: date) -> list[DockingPeriod]:
    """The last period of each organisation that pauses on ``day``, by name; not of those that others follow."""
    over = (
        DockingPeriod.objects.filter(since_latest__lte=day)
        .exclude(docking__organisation__in=gone_on(day))
        .select_related("docking__organisation__municipality", "docking__organisation__as_district")
        .order_by(*IN_TURN)
    )
    last = {period.docking_id: period for period in over}.values()
    pausing = (found for found in last if found.ending == PeriodEnding.PAUSED and _is_over(found, day))
    return sorted(pausing, key=lambda period: period.docking.organisation.name)


def _is_over(period: DockingPeriod, day: date) -> bool:
    return period.until_latest is not None and period.until_latest <= day


def periods_until(organisations: Iterable[Organisation], day: date) -> list[DockingPeriod]:
    """Their periods that last until ``day`` at least, by framework; one that ended on that very day too."""
    return list(
        _periods_in(organisations)
        .filter(Q(since_earliest__isnull=True) | Q(since_earliest__lt=day))
        .filter(Q(until_latest__isnull=True) | Q(until_latest__gte=day))
    )


def periods_from(organisations: Iterable[Organisation], day: date) -> QuerySet[DockingPeriod]:
    """Their periods that begin on ``day`` or later."""
    return _periods_in(organisations).filter(since_earliest__gte=day)


def _periods_in(organisations: Iterable[Organisation]) -> QuerySet[DockingPeriod]:
    return (
        DockingPeriod.objects.filter(docking__organisation__in=[organisation.pk for organisation in organisations])
        .select_related("docking__organisation", "docking__framework__owner")
        .order_by("docking__framework", "docking__organisation__name", "since_latest", "pk")
    )


def takes_part_on(day: date, organisation: Organisation) -> bool:
    """Whether an organisation takes part on a day, certainly or possibly; supporters do not."""
    return any(
        period.docking.organisation_id == organisation.pk and period.role in TAKING_PART for period in periods_on(day)
    )


def signatories_on(day: date, framework: Framework) -> list[DockingPeriod]:
    """Who stands behind an edition that comes into force on ``day``: one period each, pioneers first, then by name."""
    ranks = {role: rank for rank, role in enumerate(DockingRole.values)}
    found = (
        period
        for period in periods_on(day)
        if period.certainly_covers(day) and period.docking.framework_id == framework.pk
    )
    ordered = sorted(found, key=lambda period: (ranks[period.role], period.docking.organisation.name))
    first: dict[int, DockingPeriod] = {}
    for period in ordered:
        first.setdefault(period.docking.organisation_id, period)
    return list(first.values())


def by_organisation(periods: Iterable[DockingPeriod]) -> dict[int, DockingPeriod]:
    """The newest of the periods of each organisation, by the organisation's id."""
    return {period.docking.organisation_id: period for period in periods}


@dataclass(frozen=True, slots=True)
class Participation:
    """How many municipalities take part on a day and how many people live there.

    ``possible`` counts those too whose date is only known to lie around that day.
    """

    day: date
    certain: int
    possible: int
    total: int
    population_certain: int
    population_possible: int
    population_total: int
    population_on: date | None

    @property
    def share(self) -> float:
        """Share of the people, 0 to 1, counting what is certain."""
        return self.population_certain / self.population_total if self.population_total else 0.0


def _covered_certainly(own: Iterable[DockingPeriod], day: date) -> bool:
    """Whether an organisation takes part in any case.

    In one of its periods, or in one or the other of two that follow each other without a gap.
    """
    followed = {period.until_text for period in own if period.since_latest <= day}
    return any(
        period.certainly_covers(day)
        or (period.since_text in followed and (period.until_earliest is None or period.until_earliest > day))
        for period in own
    )


def participation_on(
    day: date, municipalities: Iterable[Municipality], periods: Iterable[DockingPeriod]
) -> Participation:
    """Count the given municipalities on one day by the periods of that day. Supporters do not take part."""
    municipalities = list(municipalities)
    people = {municipality.pk: municipality.population for municipality in municipalities}
    possible: dict[int, list[DockingPeriod]] = defaultdict(list)
    for period in periods:
        if period.role in TAKING_PART:
            possible[period.docking.organisation_id].append(period)
    certain = {organisation for organisation, own in possible.items() if _covered_certainly(own, day)}
    return Participation(
        day=day,
        certain=len(certain & people.keys()),
        possible=len(possible.keys() & people.keys()),
        total=len(people),
        population_certain=sum(people[pk] for pk in certain & people.keys()),
        population_possible=sum(people[pk] for pk in possible.keys() & people.keys()),
        population_total=sum(people.values()),
        population_on=max((municipality.population_on for municipality in municipalities), default=None),
    )
