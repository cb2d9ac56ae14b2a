"""What becomes of a finding: written, published, archived, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.strategy.field_lock import settle

from .. import finding_sheet, rules
from ..choices import Publication
from ..documents import renew_all
from ..models import Finding
from .desk import Unfit, content_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted


@public_transaction()
def begin(*, actor: User, organisation: Organisation, values: Mapping[str, Any], now: datetime) -> Finding:
    """A draft. Raises ``Denied`` or ``Unfit``."""
    rules.may_keep_findings(actor, organisation).demand()
    finding = Finding(organisation=organisation)
    _put(finding, values, now)
    _leave_trace(actor, "written", finding)
    return finding


@public_transaction()
def edit(*, actor: User, finding: Finding, fields: Mapping[str, Submitted], now: datetime) -> dict[str, Conflict]:
    """Change it; returns the fields somebody else changed at the same time. Raises ``Denied`` or ``Unfit``."""
    finding = _locked(finding)
    rules.may_edit_finding(actor, finding).demand()
    saved, before = finding_sheet.read(finding), content_of(finding)
    changes, conflicts = settle(saved, fields)
    if changes:
        _put(finding, saved | changes, now)
        _leave_trace(actor, "written", finding, before)
    return conflicts


@public_transaction()
def publish(*, actor: User, finding: Finding, now: datetime) -> None:
    """Show it where it was learnt. Raises ``Denied`` or ``Unfit``."""
    finding = _locked(finding)
    rules.may_publish_finding(actor, finding).demand()
    if not (finding.solution_id or finding.event_id):
        told = _("Please say where you learnt it: choose a solution, a take-over or an event. There people will read it.")  # fmt: skip
        raise Unfit([("solution", told)])
    finding.publication, finding.changed_at = Publication.PUBLISHED, now
    finding.save()
    _leave_trace(actor, "published", finding)


@public_transaction()
def archive(*, actor: User, finding: Finding, now: datetime) -> None:
    """No page shows it any more. Raises ``Denied`` or ``Unfit``."""
    finding = _locked(finding)
    rules.may_archive_finding(actor, finding).demand()
    finding.publication, finding.changed_at = Publication.ARCHIVED, now
    finding.save()
    _leave_trace(actor, "archived", finding)


@public_transaction()
def delete(*, actor: User, finding: Finding) -> None:
    """Delete a draft for good. Raises ``Denied`` or ``Unfit``."""
    finding = _locked(finding)
    rules.may_delete_finding(actor, finding).demand()
    _leave_trace(actor, "deleted", finding)
    finding.delete()


def _put(finding: Finding, values: Mapping[str, Any], now: datetime) -> None:
    try:
        finding_sheet.put(finding, values)
    except finding_sheet.OfAnotherCard as wrong:
        raise Unfit([("transfer", str(wrong))]) from wrong
    if finding.is_public and not (finding.solution or finding.event):
        raise Unfit([("solution", _("Please leave a solution or an event: there people read this finding."))])
    finding.changed_at = now
    finding.save()
    finding_sheet.put_terms(finding, values)


def _locked(finding: Finding) -> Finding:
    """As it is now, for one writer at a time. Raises ``Unfit`` where somebody has deleted it."""
    found = Finding.objects.select_for_update(of=("self",), no_key=True).select_related(
        "organisation", "solution", "event"
    )
    row = found.filter(pk=finding.pk).first()
    if row is None:
        raise Unfit([("", _("Somebody has deleted this draft meanwhile. Nothing was saved."))])
    return row


def _leave_trace(actor: User, act: str, finding: Finding, before: object = None) -> None:
    """Write the act into the trail; readers see and find it at once where it is or was public."""
    record(
        actor=actor, action=f"knowledge.finding_{act}", thing=finding, organisation=finding.organisation,
        before=before, after=content_of(finding), data={"finding": str(finding.pk)},
    )  # fmt: skip
    if finding.publication != Publication.DRAFT:
        bump("findings")
        renew_all(finding)
