"""Who takes over what: elements of the edition in force against the municipalities with a strategy in force.

Everything comes from frozen rows: the cells in one query, the counts counted by the database, so that they stay true
where not all municipalities are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, TextField, Value, When
from django.utils.timezone import localdate

from andock.strategy.choices import TAKING_PART, EditionState
from andock.strategy.queries import edition_in_force, elements_carrying, newest_versions, periods_on, versions_of

from .choices import ShownState, VersionState
from .models import ElementDecision, Version

if TYPE_CHECKING:
    from andock.organisations.models import District, Term
    from andock.strategy.models import Edition, ElementVersion

MOST_TOWNS = 80
"""More municipalities than this are shown one district at a time, and files about them are written passage by passage."""
CELLS_AT_ONCE = 5_000
"""About as many are read at a time for a file: little memory whatever the region's size, and other pages in between."""
SIZES: dict[str, tuple[int, int]] = {
    "bis-10000": (0, 10_000), "bis-25000": (10_000, 25_000), "bis-50000": (25_000, 50_000), "ab-50000": (50_000, 10**9),
}  # fmt: skip
"""Size classes: from so many inhabitants up to fewer than so many."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants to see."""

    topic: Term | None = None
    district: District | None = None
    size: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its version in force; ``behind`` editions, ``months`` since the first of them."""

    version: Version
    behind: int
    months: int

    @property
    def name(self) -> str:
        return self.version.strategy.organisation.name

    @property
    def slug(self) -> str:
        return self.version.strategy.organisation.slug

    @property
    def key(self) -> str:
        return self.version.strategy.organisation.key

    @property
    def people(self) -> int:
        found = getattr(self.version.strategy.organisation, "municipality", None)
        return found.population if found else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """In how many municipalities an element stands in a state, and how many people live there."""

    state: str
    towns: int
    people: int

    @property
    def label(self) -> str:
        return str(ShownState(self.state).label)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one municipality does with an element; the reason only where it is released."""

    town: Town
    state: str
    reason: str


@dataclass(slots=True)
class Line:
    """One element with its counts, and its cells for the municipalities that are shown."""

    element: ElementVersion
    is_in_force: bool
    tallies: list[Tally] = field(default_factory=list)
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def by_state(self) -> list[tuple[Tally, list[Cell]]]:
        """The counts with those of the shown municipalities behind them, by name."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells.values():
            found[cell.state].append(cell)
        return [(tally, sorted(found[tally.state], key=lambda cell: cell.town.name)) for tally in self.tallies]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``towns`` are those shown, ``count`` all that count; ``district`` is the one shown where they are too many."""

    edition: Edition
    towns: tuple[Town, ...]
    lines: tuple[Line, ...]
    count: int
    people: int
    population_on: date | None
    districts: tuple[District, ...] = ()
    district: District | None = None


def matrix(chosen: Chosen, *, whole: bool = False) -> Matrix | None:
    """The matrix of the edition in force; ``whole`` has every municipality however many there are, and its cells by ``passages``."""
    edition = edition_in_force()
    if edition is None:
        return None
    towns = _towns(edition, chosen)
    shown, districts, district = _paged(towns, whole=whole)
    elements = _elements(edition, chosen)
    lines = {element.element_id: Line(element, element.edition_id == edition.pk) for element in elements}
    for tally_of, tally in _tallies([town.version.pk for town in towns]):
        if tally_of in lines:
            lines[tally_of].tallies.append(tally)
    if not whole:
        _fill(lines, shown)
    return Matrix(
        edition, tuple(shown), tuple(lines.values()), len(towns), sum(town.people for town in towns),
        max((town.version.strategy.organisation.municipality.population_on for town in towns if town.people), default=None),
        tuple(districts), district,
    )  # fmt: skip


def passages(found: Matrix) -> Iterator[Line]:
    """The lines of a whole matrix with their cells, read some at a time and forgotten again.

    Though read in several queries they are of one moment: no row of these versions ever changes.
    """
    step = max(1, CELLS_AT_ONCE // max(1, len(found.towns)))
    for start in range(0, len(found.lines), step):
        some = found.lines[start : start + step]
        lines = {line.element.element_id: replace(line, cells={}) for line in some}
        _fill(lines, found.towns, elements=list(lines))
        yield from lines.values()


def _towns(edition: Edition, chosen: Chosen) -> list[Town]:
    """Those that take part today and have a version in force, by name. Whoever has left counts no more."""
    today = localdate()
    here = taking_part(today)
    later = _later_editions(edition)
    versions = _versions(chosen).filter(strategy__framework=edition.framework_id)
    return [_town(version, later, today) for version in versions if version.strategy.organisation_id in here]


def taking_part(day: date) -> set[int]:
    """Organisations that take part on a day, certainly or possibly; supporters do not."""
    return {period.docking.organisation_id for period in periods_on(day) if period.role in TAKING_PART}


def _versions(chosen: Chosen) -> QuerySet[Version]:
    organisation = "strategy__organisation"
    found = (
        Version.objects.filter(state=VersionState.IN_FORCE)
        .select_related("edition", f"{organisation}__municipality", f"{organisation}__district__organisation")
        .defer("resolved")
        .order_by(f"{organisation}__name")
    )
    if chosen.district:
        found = found.filter(strategy__organisation__district=chosen.district)
    if chosen.size in SIZES:
        least, below = SIZES[chosen.size]
        people = "strategy__organisation__municipality__population"
        found = found.filter(**{f"{people}__gte": least, f"{people}__lt": below})
    return found


def _later_editions(edition: Edition) -> list[tuple[int, date | None]]:
    """The numbers of the editions that are or were in force, with the day they came at the latest."""
    editions = edition.framework.editions.filter(state__in=(EditionState.IN_FORCE, EditionState.SUPERSEDED))
    return [(found.ordinal, found.date.latest if found.date else None) for found in editions.order_by("ordinal")]


def _town(version: Version, editions: Sequence[tuple[int, date | None]], today: date) -> Town:
    later = [day for ordinal, day in editions if ordinal > version.edition.ordinal]
    return Town(version, len(later), months_between(later[0], today) if later and later[0] else 0)


def months_between(day: date, today: date) -> int:
    """Whole months from one day to another."""
    return max(0, (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day))


def _paged(towns: list[Town], *, whole: bool) -> tuple[list[Town], list[District], District | None]:
    """The municipalities to show: all, or those of the first district where they are too many."""
    if whole or len(towns) <= MOST_TOWNS:
        return towns, [], None
    named = {district for town in towns if (district := town.version.strategy.organisation.district)}
    districts = sorted(named, key=lambda district: district.organisation.name)
    first = districts[0] if districts else None
    return [town for town in towns if town.version.strategy.organisation.district == first], districts, first


def _elements(edition: Edition, chosen: Chosen) -> list[ElementVersion]:
    """The elements of the edition in force, then those of older editions that somebody still follows."""
    if chosen.topic:
        return list(elements_carrying(edition, [chosen.topic]))
    found = list(versions_of(edition))
    known = {element.element_id for element in found}
    older = set(followed_elements()) - known
    return found + sorted(
        newest_versions(older).values(), key=lambda element: (element.edition.ordinal, element.position)
    )


def followed_elements() -> QuerySet[ElementDecision, UUID]:
    """What some version in force has not ended, each once: without an order, which would tell rows apart."""
    rows = ElementDecision.objects.filter(version__state=VersionState.IN_FORCE).exclude(shown=ShownState.ENDED)
    return rows.order_by().values_list("element", flat=True).distinct()


def _tallies(versions: Iterable[int]) -> Iterator[tuple[UUID, Tally]]:
    """By element and state, counted by the database."""
    rows = _counted(ElementDecision.objects.filter(version__in=list(versions)))
    for row in rows:
        yield row["element"], Tally(row["shown"], row["towns"], row["people"] or 0)


def _counted(rows: QuerySet[ElementDecision]) -> list[Any]:
    """Municipalities and people by element and state, in the order of the states."""
    people = "version__strategy__organisation__municipality__population"
    found = rows.values("element", "shown").annotate(towns=Count("pk"), people=Sum(people)).order_by()
    order = list(ShownState)
    return sorted(found, key=lambda row: order.index(ShownState(row["shown"])))


def _fill(lines: dict[UUID, Line], towns: Sequence[Town], *, elements: Collection[UUID] = ()) -> None:
    """The cells of these municipalities, in one query; with ``elements`` only theirs are read."""
    by_version = {town.version.pk: town for town in towns}
    released = Case(When(Q(reason_public=True), then=F("reason")), default=Value(""), output_field=TextField())
    rows = ElementDecision.objects.filter(version__in=list(by_version)).order_by()
    if elements:
        rows = rows.filter(element__in=elements)
    for element, version, shown, reason in rows.values_list("element", "version", "shown", released).iterator():
        if element in lines:
            lines[element].cells[version] = Cell(by_version[version], shown, reason)


def tallies_of(element: UUID, organisations: Collection[int]) -> list[Tally]:
    """How those who take part deal with one element, from their versions in force."""
    versions = Version.objects.filter(state=VersionState.IN_FORCE, strategy__organisation__in=organisations)
    rows = _counted(ElementDecision.objects.filter(element=element, version__in=versions))
    return [Tally(row["shown"], row["towns"], row["people"] or 0) for row in rows]
