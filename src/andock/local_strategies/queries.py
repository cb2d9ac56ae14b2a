"""Reads of local strategies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q, QuerySet

from andock.docking import local, plain
from andock.docking.items import Resolution, Run, open_items
from andock.docking.reconcile import reconcile
from andock.docking.resolve import Resolved, resolve
from andock.kernel.modules import attached_to
from andock.strategy.choices import TAKING_PART, EditionState
from andock.strategy.queries import edition_value, lineage_steps, periods_on

from .choices import EDITABLE_STATES, FROZEN_STATES, OPEN_STATES, DecisionState, RunState, VersionState
from .models import Answer, ElementDecision, LocalStrategy, OwnPart, Version
from .models import Run as RunRow
from .rules import FOLLOWING

if TYPE_CHECKING:
    from uuid import UUID

    from andock.docking.values import Edition as EditionValue
    from andock.docking.values import Element
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition, Framework


def strategy_of(organisation: Organisation) -> LocalStrategy | None:
    """The local strategy of an organisation, begun or in force."""
    return (
        LocalStrategy.objects.select_related("organisation", "framework")
        .filter(organisation=organisation.pk)
        .order_by("framework")
        .first()
    )


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("strategy__organisation", "strategy__framework", "edition__framework")


def open_version(strategy: LocalStrategy) -> Version | None:
    """The version being worked on."""
    return _versions().filter(strategy=strategy.pk, state__in=OPEN_STATES).first()


def version_in_force(strategy: LocalStrategy) -> Version | None:
    return _versions().filter(strategy=strategy.pk, state=VersionState.IN_FORCE).first()


def working_version(strategy: LocalStrategy) -> Version | None:
    """What a take-over begins from: the draft where there is one, else the version in force."""
    return open_version(strategy) or version_in_force(strategy)


def public_versions(organisation: Organisation) -> QuerySet[Version]:
    """Every version that is or was in force, newest first."""
    return (
        _versions()
        .filter(strategy__organisation=organisation.pk, state__in=(VersionState.IN_FORCE, VersionState.SUPERSEDED))
        .order_by("-number")
    )


def versions_in_force() -> QuerySet[Version]:
    """The local strategies in force, one version each, by the name of the organisation."""
    return _versions().filter(state=VersionState.IN_FORCE).order_by("strategy__organisation__name")


def inheritable(organisation: Organisation, day: date) -> QuerySet[Version]:
    """The strategies that those have in force whom an organisation has followed by then: its first draft can begin as one reads."""
    followed = {
        "strategy__organisation__successions__successor": organisation.pk,
        "strategy__organisation__successions__effective_on__lte": day,
    }
    return versions_in_force().filter(**followed)


def own_names(identities: Iterable[UUID]) -> dict[UUID, str]:
    """What parts that only a municipality has are called, in the last version that is or was in force."""
    rows = OwnPart.objects.filter(identity__in=list(identities), version__state__in=FROZEN_STATES).order_by(
        "version__number"
    )
    return {row.identity: f"{row.content['label']} {row.content['title']}".strip() for row in rows}


def open_run(strategy: LocalStrategy) -> RunRow | None:
    return (
        RunRow.objects.select_related("strategy__organisation", "target__framework", "source")
        .filter(strategy=strategy.pk, state=RunState.OPEN)
        .first()
    )


def finished_run(strategy: LocalStrategy) -> RunRow | None:
    """The take-over whose draft is still being worked on and was not decided on, so that it can be reopened."""
    return (
        RunRow.objects.select_related("strategy__organisation", "target__framework", "result__edition__framework")
        .filter(strategy=strategy.pk, state=RunState.FINISHED, result__state__in=EDITABLE_STATES)
        .exclude(result__records__recorded_at__gt=F("finished_at"))
        .order_by("-finished_at", "-pk")
        .first()
    )


def edition_to_follow(strategy: LocalStrategy) -> Edition | None:
    """The edition in force of the framework a strategy follows."""
    editions = strategy.framework.editions.select_related("framework")
    return editions.filter(state=EditionState.IN_FORCE).first()


def followers(framework: Framework, day: date) -> list[Organisation]:
    """The municipalities and associations that take part on a day, certainly or possibly, by name."""
    found = (period.docking for period in periods_on(day) if period.role in TAKING_PART)
    ours = (one.organisation for one in found if one.framework_id == framework.pk)
    return list({town.pk: town for town in ours if town.kind in FOLLOWING}.values())


# --- what was put off ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Due:
    """Something put off whose day has come: an element, or (``field``) one wording of it."""

    element: Element
    until: date
    reason: str
    field: str = ""

    @property
    def name(self) -> str:
        return f"{self.element.label} {self.element.title}".strip()


def due_deferrals(version: Version, today: date) -> list[Due]:
    """What was put off in a version until ``today`` or before, in reading order."""
    found: list[Due] = []
    for row in version.decisions.filter(_PUT_OFF).order_by("position"):
        decision = decision_value(row)
        if row.state == DecisionState.DEFERRED and row.until and row.until <= today:
            found.append(Due(decision.base, row.until, row.reason))
        days = ((held, date.fromisoformat(held.until)) for held in decision.held if held.until)
        found += [Due(decision.base, day, held.reason, held.field) for held, day in days if day <= today]
    return found


def strategies_with_deferrals() -> QuerySet[LocalStrategy]:
    """The strategies that have put something off, whatever the day."""
    current = Version.objects.filter(state__in=(*OPEN_STATES, VersionState.IN_FORCE))
    rows = ElementDecision.objects.filter(_PUT_OFF, version__in=current)
    return LocalStrategy.objects.filter(pk__in=rows.values("version__strategy")).order_by("pk")


_PUT_OFF = Q(state=DecisionState.DEFERRED) | ~Q(held=[])


# --- rows as the engine takes them -----------------------------------------------------------------------------------
def strategy_value(version: Version) -> local.Strategy:
    """A version as the engine's strategy, in two queries."""
    return rows_value(version, version.decisions.order_by("position"), version.own_parts.order_by("position"))


def rows_value(version: Version, decisions: Iterable[ElementDecision], own: Iterable[OwnPart]) -> local.Strategy:
    """Rows at hand, in their order, as the engine's strategy."""
    return local.Strategy(version.edition.ordinal, tuple(map(decision_value, decisions)), tuple(map(own_value, own)))


def strategies_in_force() -> Iterable[tuple[Version, local.Strategy]]:
    """Every version in force with its strategy; one at a time is held in memory."""
    rows = Prefetch("decisions", ElementDecision.objects.order_by("position"))
    own = Prefetch("own_parts", OwnPart.objects.order_by("position"))
    for version in versions_in_force().prefetch_related(rows, own).iterator(chunk_size=20):
        yield version, rows_value(version, version.decisions.all(), version.own_parts.all())


def elements_in_force() -> list[str]:
    """Every regional element that some version in force has decided on."""
    rows = ElementDecision.objects.filter(version__state=VersionState.IN_FORCE).order_by()
    return [str(element) for element in rows.values_list("element", flat=True).distinct()]


def decision_value(row: ElementDecision) -> local.Decision:
    return local.Decision(
        element=str(row.element_id),
        base=plain.read_element(row.base),
        edition=row.edition,
        state=row.state,
        reason=row.reason,
        until=row.until.isoformat() if row.until else "",
        overrides=tuple(map(plain.read_override, row.overrides)),
        additions=tuple(map(plain.read_addition, row.additions)),
        held=tuple(map(plain.read_held, row.held)),
        settled=row.settled,
        was=row.was,
    )


def own_value(row: OwnPart) -> local.OwnElement:
    return local.OwnElement(
        element=plain.read_element(row.content),
        serves=str(row.serves_id) if row.serves_id else "",
        relation=row.relation,
        after=row.after,
        origin=row.origin,
    )


def resolved_version(version: Version) -> Resolved:
    """The text of a version: as it was frozen, or as its rows make it now."""
    if version.resolved is not None:
        return plain.read_resolved(version.resolved)
    return resolve(strategy_value(version))


def run_value(run: RunRow, target: EditionValue | None = None) -> Run:
    """The questions of a run, computed from the strategy it began from."""
    before = plain.read_strategy(run.before)
    identities = [decision.element for decision in before.decisions]
    return reconcile(
        before, target or edition_value(run.target), lineage_steps(run.target.framework), attached_to(identities)
    )


def run_ahead(version: Version, target: Edition) -> Run:
    """The questions a run from a version would ask; nothing is written."""
    return run_value(RunRow(strategy=version.strategy, target=target, before=plain.plain(strategy_value(version))))


def answers_of(run: RunRow) -> dict[str, Answer]:
    """The answers given so far with who gave them, by item."""
    return {row.item: row for row in Answer.objects.filter(run=run.pk).select_related("given_by")}


def resolutions_of(run: RunRow) -> dict[str, Resolution]:
    """The answers given so far, by item."""
    return {item: plain.read_resolution(row.resolution) for item, row in answers_of(run).items()}


def still_open(run: RunRow) -> int:
    """How many questions of a run wait for an answer."""
    return len(open_items(run_value(run), resolutions_of(run)))


def editions_ahead(version: Version) -> list[Edition]:
    """Editions in force since the one this version follows, oldest first: how far it is behind."""
    return list(
        version.strategy.framework.editions.filter(ordinal__gt=version.edition.ordinal)
        .filter(state__in=("in_force", "superseded"))
        .order_by("ordinal")
    )


def strategies_behind(edition: Edition) -> QuerySet[LocalStrategy]:
    """The strategies that follow an older edition than this one and have something in force or in work."""
    return (
        LocalStrategy.objects.filter(framework=edition.framework_id, versions__isnull=False)
        .exclude(versions__edition__ordinal__gte=edition.ordinal)
        .select_related("organisation", "framework")
        .distinct()
    )
