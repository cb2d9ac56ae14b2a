"""Olpe and its local strategy on a small framework: two goals with text, one optional, below the second a measure."""

from __future__ import annotations

from datetime import date
from typing import Any

from andock.accounts.models import User
from andock.docking.values import Lineage
from andock.local_strategies.choices import Outcome, VersionState, Weight
from andock.local_strategies.models import ElementDecision, Version
from andock.local_strategies.services.deciding import Choice, decide
from andock.local_strategies.services.states import Decided, move, record_decision
from andock.local_strategies.services.wording import Saved, edit_wording, wording_fields
from andock.organisations.models import Organisation
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Docking, DockingPeriod, Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import block, document, element, identity

COUNCIL = Decided(Weight.SUBSTANTIAL, Outcome.APPROVED, "Stadtverordnetenversammlung", date(2026, 1, 20), "7/2026")
G1 = element(
    "g1", block("b1", "Offene Daten."), block("b2", "Für alle."), label="1", obligation="core",
)  # fmt: skip


def first_edition(framework: Framework) -> Edition:
    """Goals g1 (core, two paragraphs) and g2, below g2 the measure m1."""
    return published(
        framework, 1, G1, element("g2", label="2"), element("m1", label="M01", parent=identity("g2"), type="measure")
    )


def second_edition(framework: Framework) -> Edition:
    """g1 rewritten in b1, g2 as it was, m1 withdrawn, g3 new and core."""
    return published(
        framework, 2,
        element("g1", block("b1", "Offene Daten, jeden Tag neu."), block("b2", "Für alle."), label="1", obligation="core"),
        element("g2", label="2"), element("g3", label="3", obligation="core"),
        lineage=(Lineage("withdrawn", identity("m1"), None, reason="Erledigt."),),
    )  # fmt: skip


def published(framework: Framework, ordinal: int, *elements: Any, lineage: tuple[Lineage, ...] = ()) -> Edition:
    import_edition(document=document(*elements, ordinal=ordinal, state="in_force", lineage=lineage), actor=None)
    return Edition.objects.select_related("framework").get(framework=framework, ordinal=ordinal)


def docked(organisation: Organisation, framework: Framework) -> None:
    docking, _is_new = Docking.objects.get_or_create(organisation=organisation, framework=framework)
    DockingPeriod.objects.create(
        docking=docking, role="pioneer", basis="council_resolution", since_text="2020-11-02",
        since_earliest=date(2020, 11, 2), since_latest=date(2020, 11, 2),
    )  # fmt: skip


def row(version: Version, name: str) -> ElementDecision:
    return version.decisions.get(element=identity(name))


def choose(actor: User, version: Version, state: str, *names: str, **why: Any) -> list[Choice]:
    choices = [Choice(identity(name), state, row(version, name).state) for name in names]
    return decide(actor=actor, version=version, choices=choices, **why)


def write(actor: User, version: Version, name: str, **fields: Any) -> Saved:
    """Write some fields of an element as a browser sends them: ``block__b1="…"``, ``add__b2="…"``, ``state="…"``."""
    loaded = wording_fields(row(version, name))
    typed = {_field(key): value for key, value in fields.items()}
    submitted = {key: Submitted(value, fingerprint(loaded[key])) for key, value in typed.items()}
    return edit_wording(actor=actor, version=version, element=identity(name), fields=submitted)


def _field(key: str) -> str:
    prefix, double, name = key.partition("__")
    return f"{prefix}:{identity(name) if name else ''}" if double else key


def in_force(releaser: User, version: Version, decided: Decided = COUNCIL) -> Version:
    """Adopt what is undecided, submit, and let the council approve."""
    open_names = [str(pk) for pk in version.decisions.filter(state="undecided").values_list("element", flat=True)]
    decide(actor=releaser, version=version, choices=[Choice(pk, "adopted", "undecided") for pk in open_names])
    move(actor=releaser, version=version, state=VersionState.SUBMITTED)
    return record_decision(actor=releaser, version=version, decided=decided)
