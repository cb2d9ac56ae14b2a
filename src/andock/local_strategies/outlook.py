"""What a draft edition would mean for the strategies in force, element by element, before anybody publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andock.docking.items import KINDS
from andock.docking.preview import Outlook, preview
from andock.kernel.modules import attached_to
from andock.strategy.queries import edition_value, lineage_steps, newest_versions

from .choices import ItemKind, ShownState
from .queries import elements_in_force, strategies_in_force

if TYPE_CHECKING:
    from andock.strategy.models import Edition


@dataclass(frozen=True, slots=True)
class Prospect:
    """One element of the draft, or one that would end: how many hold it how, and how many would be asked what."""

    element: str
    name: str
    states: tuple[tuple[str, int], ...]
    questions: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """``asking`` are the elements that would raise questions, the others only counted."""

    towns: int
    asking: tuple[Prospect, ...]
    quiet: int

    @property
    def conflicts(self) -> int:
        return sum(bool(prospect.conflicts) for prospect in self.asking)


def outlook(draft: Edition) -> Ahead:
    """Over every version in force: its rows are public, so the names may be said. Nothing is written."""
    target = edition_value(draft)
    names: list[str] = []
    found = preview(
        ((_named(names, version.strategy.organisation.name), strategy) for version, strategy in strategies_in_force()
         if version.strategy.framework_id == draft.framework_id),
        target, lineage_steps(draft.framework, draft), attached_to(elements_in_force()),
    )  # fmt: skip
    labels = {element.id: f"{element.label} {element.title}".strip() for element in target.elements}
    gone = [identity for identity in found if identity not in labels]
    titles = {str(key): str(version) for key, version in newest_versions(gone).items()}  # type: ignore[arg-type]
    order = [*labels, *gone]
    prospects = [
        _prospect(name, labels.get(name) or titles.get(name, ""), found.get(name, Outlook()), is_gone=name not in labels)
        for name in order
    ]  # fmt: skip
    asking = tuple(prospect for prospect in prospects if prospect.questions)
    return Ahead(len(names), asking, len(labels) - sum(not prospect.is_gone for prospect in asking))


def _named(names: list[str], name: str) -> str:
    names.append(name)
    return name


def _prospect(element: str, name: str, seen: Outlook, *, is_gone: bool) -> Prospect:
    states = ((str(state.label), seen.states[state]) for state in ShownState if seen.states[state])
    kinds = ((str(ItemKind(kind).label), len(seen.asked[kind])) for kind in KINDS if kind in seen.asked)
    return Prospect(element, name, tuple(states), tuple(kinds), tuple(sorted(map(str, seen.conflicts))), is_gone)
