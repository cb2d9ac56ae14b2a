"""The desk of an organisation's findings: all of them, and the screen on which one is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.kernel.permissions import Denied

from .. import finding_sheet, rules, transfer_queries
from ..forms.finding import FIELDS, FOLDED, FindingForm
from ..services import findings as service
from ..services.desk import Unfit
from .desk_frame import CONFLICT, finding_desk, finding_page, put_problems, refused, show, theirs, to

if TYPE_CHECKING:
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Finding

NOTHING = {"title": "", "text": "", "transfer": "", "solution": "", "event": [], "terms": []}


@require_safe
@finding_desk
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Drafts, published and archived findings."""
    found = list(transfer_queries.desk_findings(organisation))
    context = {"organisation": organisation} | {
        name: [finding for finding in found if finding.publication == name]
        for name in ("draft", "published", "archived")
    }
    return show(request, "findings", context)


@require_http_methods(["GET", "POST"])
@finding_desk
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same screen, empty or with the card, event or take-over that the address names."""
    start = _start(request, organisation)
    form = FindingForm(request.POST or None, organisation=organisation, loaded=start)
    if form.is_valid():
        values = {name: one.value for name, one in form.submitted().items()}
        try:
            made = service.begin(actor=request.user, organisation=organisation, values=values, now=timezone.now())
        except (Unfit, Denied) as no:
            put_problems(form, no)
        else:
            return _saved(request, made)
    context = {"organisation": organisation, "form": form, **_fields(form, {})}
    return show(request, "finding_begin", context, here=_("New finding"), status=400 if form.errors else None)


def _start(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What the address names, as far as it is there."""
    given = request.GET
    transfer = transfer_queries.transfer_at(organisation, found) if (found := _id(given.get("uebernahme"))) else None
    event = given.get("veranstaltung", "")
    card = transfer.solution.slug if transfer else given.get("loesung", "")
    return NOTHING | {
        "found_on": timezone.localdate().isoformat(),
        "transfer": str(transfer.pk) if transfer else "",
        "solution": card,
        "event": [event] if event in transfer_queries.event_slugs() else [],
    }


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@finding_page
def edit(request: HttpRequest, finding: Finding) -> HttpResponse:
    """The whole finding on one screen."""
    form = _form(request, finding)
    if not form.is_valid():
        return _show(request, finding, form, {})
    try:
        conflicts = service.edit(actor=request.user, finding=finding, fields=form.submitted(), now=timezone.now())
    except (Unfit, Denied) as no:
        put_problems(form, no)
        return _show(request, finding, form, {})
    if conflicts:
        return _show(request, finding, _disputed(finding, conflicts), conflicts)
    return _saved(request, finding)


def _form(request: HttpRequest, finding: Finding) -> FindingForm:
    loaded = finding_sheet.read(finding)
    return FindingForm(request.POST or None, organisation=finding.organisation, loaded=loaded)


def _disputed(finding: Finding, conflicts: dict[str, Conflict]) -> FindingForm:
    """The form as it is saved now, with what was typed in the fields that somebody else changed too."""
    found = transfer_queries.own_finding(finding.organisation, finding.pk) or finding
    mine = {field: conflict.mine for field, conflict in conflicts.items()}
    return FindingForm(organisation=found.organisation, loaded=finding_sheet.read(found), mine=mine)


def _saved(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Saved; perhaps published with the same press."""
    if request.POST.get("then") == "publish":
        return publish_now(request, finding)
    told = _("Saved.") if finding.is_public else _("Saved, as a draft. Publish it when others may read it.")
    messages.success(request, told)
    return to(finding)


def _show(request: HttpRequest, finding: Finding, form: FindingForm, conflicts: dict[str, Conflict]) -> HttpResponse:
    context = {
        "finding": finding, "form": form, **_fields(form, conflicts),
        "may": {
            "edit": rules.may_edit_finding(request.user, finding),
            "publish": rules.may_publish_finding(request.user, finding),
            "archive": rules.may_archive_finding(request.user, finding),
            "delete": rules.may_delete_finding(request.user, finding),
        },
    }  # fmt: skip
    return show(request, "finding", context, status=CONFLICT if conflicts else 400 if form.errors else None)


def _fields(form: FindingForm, conflicts: dict[str, Conflict]) -> dict[str, Any]:
    return {
        "conflicts": conflicts,
        "rows": [(form[name], theirs(form, name, conflicts)) for name in FIELDS],
        "folded": [(form[name], theirs(form, name, conflicts)) for name in FOLDED],
    }


@require_POST
@finding_page
def publish(request: HttpRequest, finding: Finding) -> HttpResponse:
    return publish_now(request, finding)


def publish_now(request: HttpRequest, finding: Finding) -> HttpResponse:
    return _done(request, finding, service.publish, _("Published. It stands where you learnt it, and the search finds it."))  # fmt: skip


@require_POST
@finding_page
def archive(request: HttpRequest, finding: Finding) -> HttpResponse:
    return _done(request, finding, service.archive, _("Archived. No page shows it any more."))


def _done(request: HttpRequest, finding: Finding, act: Callable[..., Any], told: str) -> HttpResponse:
    try:
        act(actor=request.user, finding=finding, now=timezone.now())
    except (Unfit, Denied) as no:
        return refused(request, finding, no)
    messages.success(request, told)
    return to(finding)


@require_http_methods(["GET", "POST"])
@finding_page
def delete(request: HttpRequest, finding: Finding) -> HttpResponse:
    """A draft goes for good."""
    verdict = rules.may_delete_finding(request.user, finding)
    if not verdict:
        return refused(request, finding, verdict.reason)
    if request.method != "POST":
        return show(request, "finding_delete", {"finding": finding}, here=_("Delete the draft"))
    try:
        service.delete(actor=request.user, finding=finding)
    except (Unfit, Denied) as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("The draft is deleted."))
    return redirect("knowledge:finding_desk", finding.organisation.slug)
