"""The desk of an organisation's take-overs: what waits for its word, what it takes over, who takes over its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.accounts.queries import is_agency_editor, organisations_of
from andock.kernel.permissions import Denied
from andock.organisations.queries import the_region

from .. import queries, rules, transfer_queries
from ..choices import Stage
from ..forms.transfer import BeginForm, ReportForm
from ..services import transfers as service
from ..services.desk import Unfit
from ..transfers import farthest
from .desk_frame import put_problems, show, to, transfer_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.models import Organisation

    from ..models import TransferStage


@require_safe
@transfer_desk
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What others have reported of it comes first. The agency finds the take-overs of all at its own desk."""
    of_all = _is_agency(organisation)
    stages = list(transfer_queries.stages_of_desk(None if of_all else organisation))
    lines = farthest(stages)
    received = [line for line in lines if line.transfer.receiver == organisation]
    given = [line for line in lines if line.transfer.solution.organisation == organisation and line not in received]
    context = {
        "organisation": organisation,
        "waiting": [stage for stage in stages if _waits(stage, organisation)],
        "received": received,
        "given": given,
        "others": [line for line in lines if line not in received and line not in given],
    }
    return show(request, "transfers", context)


def _waits(stage: TransferStage, organisation: Organisation) -> bool:
    is_open = not stage.is_confirmed and not stage.is_replaced and stage.stage != Stage.RETRACTED
    return is_open and stage.transfer.receiver == organisation


def _is_agency(organisation: Organisation) -> bool:
    region = the_region()
    return bool(region and region.agency_id == organisation.pk)


@require_http_methods(["GET", "POST"])
@transfer_desk
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A card of somebody else, and how far we are; also for a card that is named in the address."""
    wanted = request.GET.get("loesung", "")
    if request.method != "POST" and (found := transfer_queries.transfer_between(wanted, organisation)):
        messages.info(request, _("This take-over stands here already. Write the next stage below."))
        return to(found, organisation=organisation)
    is_own_word = rules.speaks_for(request.user, organisation)
    form = BeginForm(
        request.POST or None, is_own_word=is_own_word, initial=_first_stage(wanted),
        solutions=transfer_queries.solutions_to_take_over(organisation),
    )  # fmt: skip
    if form.is_valid() and (answer := _begun(request, organisation, form, receiver=organisation)):
        return answer
    context = {"organisation": organisation, "form": form, "is_own_word": is_own_word}
    return show(request, "transfer_begin", context, here=_("New take-over"), status=400 if form.errors else None)


@require_http_methods(["GET", "POST"])
@transfer_desk
def report(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Somebody takes a card of ours over; the agency tells it of any card."""
    of_all = is_agency_editor(request.user)
    form = ReportForm(
        request.POST or None, is_own_word=False, initial=_first_stage(request.GET.get("loesung", "")),
        solutions=transfer_queries.solutions_to_report_of(organisation, of_all=of_all),
    )  # fmt: skip
    if form.is_valid() and (answer := _begun(request, organisation, form)):
        return answer
    context = {"organisation": organisation, "form": form}
    return show(request, "transfer_report", context, here=_("Report a take-over"), status=400 if form.errors else None)


def _first_stage(wanted: str) -> dict[str, str]:
    return {"solution": wanted, "stage": Stage.INTERESTED, "date_text": timezone.localdate().isoformat()}


def _begun(request: HttpRequest, organisation: Organisation, form: BeginForm, **more: Any) -> HttpResponse | None:
    """The page of the new take-over; None where it was refused, with the sentence in the form."""
    try:
        made = service.begin(actor=request.user, **form.chosen(), **more, today=timezone.localdate())
    except (Unfit, Denied) as no:
        put_problems(form, no)
        return None
    messages.success(request, _("The take-over stands here now, and everybody can see it."))
    is_ours = organisation in (made.receiver, made.solution.organisation)
    return to(made, organisation=organisation if is_ours else made.receiver)


@require_safe
@never_cache
def take_over(request: HttpRequest) -> HttpResponse:
    """From a card that everybody reads to the desk of one's own organisation; asks where there are several."""
    rules.may_take_over_somewhere(request.user).demand()
    found = queries.solution_at(request.GET.get("loesung", ""))
    query = f"?{urlencode({'loesung': found.slug})}" if found and found.is_public else ""
    kept = _kept_by(request)
    ways = [(one, reverse("knowledge:begin_transfer", args=[one.slug]) + query) for one in kept]
    if len(ways) == 1:
        return redirect(ways[0][1])
    crumbs = [{"label": _("Administration"), "url": reverse("accounts:start")}, {"label": _("Take it over"), "url": ""}]
    return render(request, "knowledge/desk/take_over.html", {"ways": ways, "solution": found if query else None, "crumbs": crumbs})  # fmt: skip


def _kept_by(request: HttpRequest) -> Sequence[Organisation]:
    own = [found for found, _roles in organisations_of(request.user, timezone.localdate())]
    region = the_region()
    places = [*own, *([region.organisation] if region else [])]
    return [found for found in dict.fromkeys(places) if rules.speaks_for(request.user, found)]
