"""Where a version stands: participation, submission, what was decided on it, and deleting a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied

from .. import desk_queries, queries, rules
from ..choices import VersionState, Weight
from ..council_paper import head_left_open
from ..desk_forms import DecidedForm
from ..desk_sheet import name_of
from ..services import drafts
from ..services import states as service
from ..services.states import Decided
from ..services.storing import CannotChange
from ..services.wording import undecided_core
from .frame import CONFLICT, address, show, strategy_page, version_page

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from ..models import Version

DONE = {
    VersionState.PARTICIPATION: gettext_lazy("The draft is in participation. You can still change it."),
    VersionState.SUBMITTED: gettext_lazy("The version is submitted. Nobody changes it until a decision is recorded or it is taken back."),
    VersionState.DRAFTING: gettext_lazy("The version is a draft again."),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@strategy_page
def states(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where the version in work stands, the steps it can take, and every decision so far."""
    strategy = queries.strategy_of(organisation)
    if strategy is None:
        return redirect(address("desk", organisation))
    version = queries.open_version(strategy)
    if request.method == "POST" and version:
        return _move(request, version)
    context = {
        "organisation": organisation,
        "version": version,
        "current": queries.version_in_force(strategy),
        "records": desk_queries.records_of(strategy),
        **(_what_it_needs(request, version) if version else {}),
    }
    return show(request, "states", context, here=_("State and decisions"))


def _what_it_needs(request: HttpRequest, version: Version) -> dict[str, object]:
    return {
        "may_move": rules.may_move_version(request.user, version),
        "may_record": rules.may_record_decision(request.user, version),
        "left_open": head_left_open(version) if version.is_editable else [],
        "open_core": [name_of(row.base) for row in undecided_core(version)],
        "steps": [state.value for state in service.NEXT[VersionState(version.state)]],
        "needed_label": Weight(service.weight_needed(version)).label,
    }


def _move(request: HttpRequest, version: Version) -> HttpResponse:
    state = request.POST.get("to", "")
    try:
        service.move(actor=request.user, version=version, state=state)
    except (CannotChange, Denied) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE[VersionState(state)])
    return redirect(address("states", version.strategy.organisation))


@require_http_methods(["GET", "POST"])
@strategy_page
def record(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Record what was decided; every refusal stands on the form. What is recorded already stands on the page before."""
    strategy = queries.strategy_of(organisation)
    version = queries.open_version(strategy) if strategy else None
    if version is None:
        return redirect(address("states", organisation))
    verdict = rules.may_record_decision(request.user, version)
    if not verdict and request.method == "GET":
        messages.warning(request, verdict.reason)
        return redirect(address("states", version.strategy.organisation))
    needed = service.weight_needed(version)
    form = DecidedForm(request.POST if request.method == "POST" else None, initial={"weight": needed})
    if form.is_valid() and _recorded(request, version, form):
        return redirect(address("states", version.strategy.organisation))
    context = {"version": version, "form": form}
    return show(request, "record", context, here=_("Record a decision"), status=CONFLICT if form.errors else None)


def _recorded(request: HttpRequest, version: Version, form: DecidedForm) -> bool:
    try:
        done = service.record_decision(
            actor=request.user, version=version, decided=Decided(**form.decided()),
            in_force_on=form.cleaned_data["in_force_on"],
        )  # fmt: skip
    except (CannotChange, Denied) as refused:
        form.add_error(None, str(refused))
        return False
    if done.is_frozen:
        messages.success(request, _("Recorded. The version is in force and everybody can read it."))
    else:
        messages.success(request, _("Recorded. The version is a draft again; what is in force stays as it is."))
    return True


@require_http_methods(["GET", "POST"])
@version_page
def delete(request: HttpRequest, version: Version) -> HttpResponse:
    """Delete a draft, after asking."""
    organisation = version.strategy.organisation
    if request.method == "POST":
        try:
            drafts.delete_draft(actor=request.user, version=version)
        except (CannotChange, Denied) as refused:
            messages.error(request, str(refused))
            return redirect(address("states", organisation))
        messages.success(request, _("The draft is deleted."))
        return redirect(address("desk", organisation))
    verdict = rules.may_move_version(request.user, version)
    context = {"version": version, "may_move": verdict, "own": version.own_parts.count()}
    return show(request, "delete", context, here=_("Delete the draft"))
