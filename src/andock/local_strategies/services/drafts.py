"""Beginning, describing and deleting versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.docking.local import begin
from andock.strategy.queries import edition_in_force, edition_value

from ..models import LocalStrategy, Version
from ..queries import inheritable, open_run, open_version, strategy_value, version_in_force
from ..rules import may_move_version, may_work_on_strategy
from .storing import CannotChange, leave_trace, locked, locked_for_editing, locked_strategy, store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition, Framework

DESCRIPTION = (
    "title", "introduction", "committee", "meeting_on", "agenda_item", "financial_impact", "responsible_office",
    "resolution_text",
)  # fmt: skip


@transaction.atomic
def begin_strategy(*, actor: User, organisation: Organisation, edition: Edition | None = None) -> Version:
    """The first draft: nothing decided yet, on the edition in force. Raises ``Denied`` or ``CannotChange``.

    An organisation that has not docked may try; nobody else sees the draft.
    """
    may_work_on_strategy(actor, organisation).demand()
    edition = edition or edition_in_force()
    if edition is None:
        raise CannotChange(_("The region has no edition in force yet. Please wait until there is one."))
    strategy = _begun(organisation, edition.framework)
    version = _new_version(strategy, edition, title=_("Local strategy of %s") % organisation)
    store(version, begin(edition.ordinal, edition_value(edition).elements))
    leave_trace(actor=actor, action="begun", version=version)
    return version


@transaction.atomic
def inherit_strategy(*, actor: User, organisation: Organisation, source: Version) -> Version:
    """The first draft of a successor: it reads as what its predecessor has in force, own elements, reasons and all.

    Nothing comes into force by that: the successor's council decides, as on every first version. What was the
    predecessor's stays as it is. Raises ``Denied`` or ``CannotChange``.
    """
    may_work_on_strategy(actor, organisation).demand()
    if not inheritable(organisation, timezone.localdate()).filter(pk=source.pk).exists():
        raise CannotChange(_("Only what a predecessor of %s has in force can be taken over.") % organisation)
    strategy = _begun(organisation, source.strategy.framework)
    version = _new_version(
        strategy, source.edition, title=_("Local strategy of %s") % organisation, introduction=source.introduction,
        demonstration=source.demonstration,
    )  # fmt: skip
    store(version, strategy_value(source), after=source)
    leave_trace(
        actor=actor, action="inherited", version=version, predecessor=source.strategy.organisation.slug,
        predecessor_version=source.number,
    )  # fmt: skip
    return version


def _begun(organisation: Organisation, framework: Framework) -> LocalStrategy:
    """The strategy of an organisation that has no version yet, locked. Raises ``CannotChange`` where it has one."""
    made, _is_new = LocalStrategy.objects.get_or_create(organisation=organisation, framework=framework)
    strategy = locked_strategy(made)
    if strategy.versions.exists():
        raise CannotChange(_("There is a local strategy already. Go on with it."))
    return strategy


@transaction.atomic
def begin_draft(*, actor: User, strategy: LocalStrategy) -> Version:
    """The next version, as the one in force reads. Raises ``Denied`` or ``CannotChange``."""
    may_work_on_strategy(actor, strategy.organisation).demand()
    strategy = locked_strategy(strategy)
    current = version_in_force(strategy)
    if open_version(strategy) or current is None:
        raise CannotChange(_("There is a draft already. Go on with it, or delete it first."))
    if open_run(strategy):
        raise CannotChange(_("A new edition is being taken over; that makes the next draft. Finish or drop it first."))
    version = next_version(current)
    store(version, strategy_value(current), after=current)
    leave_trace(actor=actor, action="draft_begun", version=version)
    return version


def next_version(current: Version, edition: Edition | None = None) -> Version:
    """A new draft after a version in force; its rows are for the caller to store."""
    return _new_version(
        current.strategy, edition or current.edition, title=current.title, introduction=current.introduction,
        responsible_office=current.responsible_office, demonstration=current.demonstration,
    )  # fmt: skip


def _new_version(strategy: LocalStrategy, edition: Edition, **fields: Any) -> Version:
    last = strategy.versions.order_by("-number").first()
    return Version.objects.create(strategy=strategy, edition=edition, number=last.number + 1 if last else 1, **fields)


@transaction.atomic
def describe_version(*, actor: User, version: Version, values: Mapping[str, Any]) -> Version:
    """Title, introduction and the head of the council paper. Raises ``Denied`` or ``CannotChange``."""
    version = locked_for_editing(version, actor)
    for name in DESCRIPTION:
        if name in values:
            setattr(version, name, values[name])
    version.save()
    leave_trace(actor=actor, action="described", version=version)
    return version


@transaction.atomic
def delete_draft(*, actor: User, version: Version) -> None:
    """Take a draft away with everything decided in it. Raises ``Denied`` or ``CannotChange``."""
    version = locked(version)
    may_move_version(actor, version).demand()
    if version.records.exists():
        raise CannotChange(_("A decision is recorded on this version; it stays for the record. Go on with it."))
    leave_trace(actor=actor, action="draft_deleted", version=version)
    try:
        version.delete()
    except ProtectedError as kept:
        raise CannotChange(_("People were asked about this draft and have answered; it stays for the record. Go on with it.")) from kept  # fmt: skip
