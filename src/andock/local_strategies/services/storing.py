"""Writing the engine's values into rows, and keeping one writer at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.docking import local, plain
from andock.docking.fields import drift

from ..models import ElementDecision, LocalStrategy, OwnPart, Version
from ..rules import may_edit_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User


class CannotChange(Exception):
    """The act does not fit what stands in the version; the message says why and what to do."""


def locked(version: Version) -> Version:
    """The version as it is now, its row locked to the end of the transaction. Raises ``CannotChange``."""
    found = (
        Version.objects.select_for_update(of=("self",))
        .select_related("strategy__organisation", "strategy__framework", "edition__framework")
        .filter(pk=version.pk)
        .first()
    )
    if found is None:
        raise CannotChange(_("Somebody has deleted this draft meanwhile. Nothing was saved; begin a new draft."))
    return found


def locked_for_editing(version: Version, actor: User) -> Version:
    """As ``locked``, for somebody who may edit it. Raises ``Denied`` or ``CannotChange``."""
    found = locked(version)
    may_edit_version(actor, found).demand()
    return found


def locked_strategy(strategy: LocalStrategy) -> LocalStrategy:
    """The row everything of a strategy waits for: versions and runs begin and end one after the other."""
    return (
        LocalStrategy.objects.select_for_update(of=("self",))
        .select_related("organisation", "framework")
        .get(pk=strategy.pk)
    )


def store(version: Version, strategy: local.Strategy, *, after: Version | None = None) -> None:
    """Put a strategy into the rows of a version. Classes and releases of rows that stay are kept.

    A new version goes on ``after`` another: what was released there stays so.
    """
    older = after if after and not version.decisions.exists() else version
    kept = {str(row.element_id): row for row in older.decisions.all()}
    parts = {str(row.identity): row for row in version.own_parts.all()}
    version.decisions.all().delete()
    version.own_parts.all().delete()
    ElementDecision.objects.bulk_create(
        _with_choices(ElementDecision(version=version, position=place, **decision_columns(decision)), kept)
        for place, decision in enumerate(strategy.decisions)
    )
    OwnPart.objects.bulk_create(
        OwnPart(version=version, position=place, weight=_weight(parts, own.element.id), **own_columns(own))
        for place, own in enumerate(strategy.own)
    )


def decision_columns(decision: local.Decision) -> dict[str, Any]:
    """The columns of a decision, derived ones included."""
    changed, total = drift(decision)
    return {
        "element_id": decision.element, "state": decision.state, "shown": decision.shown_state, "drift": changed,
        "fields": total, "reason": decision.reason, "edition": decision.edition, "settled": decision.settled,
        "until": date.fromisoformat(decision.until) if decision.until else None, "was": decision.was,
        "base": plain.plain(decision.base), "overrides": plain.plain(decision.overrides),
        "additions": plain.plain(decision.additions), "held": plain.plain(decision.held),
    }  # fmt: skip


def own_columns(own: local.OwnElement) -> dict[str, Any]:
    return {
        "identity": own.element.id, "content": plain.plain(own.element), "serves_id": own.serves or None,
        "relation": own.relation, "after": own.after, "origin": own.origin,
    }  # fmt: skip


def write_decision(row: ElementDecision, decision: local.Decision) -> None:
    """Put a changed decision into its row."""
    for name, value in decision_columns(decision).items():
        setattr(row, name, value)
    row.save()


def row_of(version: Version, element: str) -> ElementDecision:
    """What the version says about an element. Raises ``CannotChange``."""
    found = version.decisions.filter(element_id=UUID(element)).first()
    if found is None:
        raise CannotChange(_("This element does not belong to the edition this version follows."))
    return found


def leave_trace(*, actor: User | None, action: str, version: Version, reason: str = "", **data: Any) -> None:
    """Write the act into the trail of the organisation."""
    record(
        actor=actor, action=f"local_strategies.{action}", thing=version, organisation=version.strategy.organisation,
        reason=reason, data={"version": version.number} | data,
    )  # fmt: skip


def _with_choices(row: ElementDecision, kept: Mapping[str, ElementDecision]) -> ElementDecision:
    """With the class chosen in this version, and released only while no reason is another one."""
    before = kept.get(str(row.element_id))
    if before:
        row.weight = before.weight if before.version_id == row.version_id else ""
        row.reason_public = before.reason_public and _reasons(row) <= _reasons(before)
    return row


def _reasons(row: ElementDecision) -> set[str]:
    return {row.reason, *(change["reason"] for change in (*row.overrides, *row.additions))} - {""}


def _weight(parts: Mapping[str, OwnPart], identity: str) -> str:
    return parts[identity].weight if identity in parts else ""
