"""The desk on which a municipality makes its strategy out of the framework, and how it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from andock.kernel.permissions import Denied
from andock.strategy.queries import edition_in_force, takes_part_on

from .. import queries, rules
from ..desk_forms import BranchForm
from ..desk_sheet import Sheet, name_of
from ..run_panels import notice_about, notice_for
from ..services import deciding, drafts
from ..services.storing import CannotChange
from .frame import CONFLICT, show, strategy_page, to_desk, writing_page
from .importing import kept_under

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from ..models import LocalStrategy, Version


@require_http_methods(["GET", "POST"])
@strategy_page
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The framework as a tree, each element with its decision."""
    strategy = queries.strategy_of(organisation)
    version = queries.open_version(strategy) if strategy else None
    if version is None:
        return _without_draft(request, organisation, strategy)
    wanted = request.GET.get("zeige", "")
    if request.method == "POST":
        return _decide(request, version, Sheet(version, data=request.POST, wanted=wanted))
    return _show(request, version, Sheet(version, wanted=wanted))


def _without_draft(request: HttpRequest, organisation: Organisation, strategy: LocalStrategy | None) -> HttpResponse:
    current = queries.version_in_force(strategy) if strategy else None
    context = {
        "organisation": organisation,
        "edition": edition_in_force(),
        "current": current,
        "inheritable": [] if current else queries.inheritable(organisation, timezone.localdate()),
        "has_docked": takes_part_on(timezone.localdate(), organisation),
        "notice": notice_for(organisation),
    }
    return show(request, "begin", context)


@require_POST
@strategy_page
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The first draft, empty or as a predecessor's reads, or the next one after the version in force."""
    strategy = queries.strategy_of(organisation)
    try:
        if source := request.POST.get("as"):
            found = get_object_or_404(queries.versions_in_force(), pk=int(source) if source.isdecimal() else 0)
            drafts.inherit_strategy(actor=request.user, organisation=organisation, source=found)
        elif strategy and queries.version_in_force(strategy):
            drafts.begin_draft(actor=request.user, strategy=strategy)
        else:
            drafts.begin_strategy(actor=request.user, organisation=organisation)
    except CannotChange as refused:
        messages.error(request, str(refused))
    return redirect("local_strategies:desk", organisation.slug)


# --- deciding --------------------------------------------------------------------------------------------------------
def _decide(request: HttpRequest, version: Version, sheet: Sheet) -> HttpResponse:
    """All lines at once; ``action`` adopts what is ticked, or a branch, after that."""
    if sheet.wrong:
        return _show(request, version, sheet, status=400)
    choices = sheet.adopting(request.POST.get("action", ""), request.POST.getlist("ticked"))
    try:
        disputed = deciding.decide(actor=request.user, version=version, choices=choices)
    except (CannotChange, Denied) as refused:
        messages.error(request, str(refused))
        return _show(request, version, sheet, status=CONFLICT)
    if disputed:
        sheet = Sheet(version, wanted=sheet.wanted)
        sheet.dispute(disputed)
        return _show(request, version, sheet, status=CONFLICT)
    messages.success(request, _("Saved."))
    return to_desk(version, f"zeige={sheet.wanted}&gespeichert=1")


def _show(request: HttpRequest, version: Version, sheet: Sheet, status: int | None = None) -> HttpResponse:
    context = {
        "version": version,
        "sheet": sheet,
        "may_edit": rules.may_edit_version(request.user, version),
        "has_docked": takes_part_on(timezone.localdate(), version.strategy.organisation),
        "notice": notice_about(version),
        "keep": f"{request.user.pk}/local/{version.pk}/desk/{sheet.wanted}",
        "saved": request.method == "GET" and "gespeichert" in request.GET,
        "imported": kept_under(request, version) if "eingelesen" in request.GET else "",
        "unsaved": request.method == "POST",
    }
    return show(request, "desk", context, status=status)


@require_http_methods(["GET", "POST"])
@writing_page
def branch(request: HttpRequest, version: Version, element_id: Any) -> HttpResponse:
    """An element and all below it, decided at once."""
    rows = deciding.branch_of(version, str(element_id))
    if not rows:
        return to_desk(version)
    decided = [row for row in rows if row.state != "undecided"]
    form = BranchForm(request.POST if request.method == "POST" else None, decided=len(decided))
    if form.is_valid():
        try:
            number = deciding.decide_branch(
                actor=request.user, version=version, element=str(element_id), **form.cleaned_data
            )
        except (CannotChange, Denied) as refused:
            form.add_error(None, str(refused))
        else:
            told = ngettext("One element is decided.", "%(number)d elements are decided.", number)
            messages.success(request, told % {"number": number})
            return to_desk(version)
    context = {
        "version": version, "rows": rows, "form": form, "name": name_of(rows[0].base),
        "open": len(rows) - len(decided),
    }  # fmt: skip
    return show(request, "branch", context, here=_("Whole branch"), status=400 if form.errors else None)
