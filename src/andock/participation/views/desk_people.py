"""What people sent, for those who check and answer it: the queue, the log, the table with answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.accounts.queries import people_of
from andock.kernel.permissions import Denied
from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..changes import Change, change_at
from ..desk_panel import Answering
from ..forms.desk import AnswerForm, AssignForm, DecideForm
from ..log import log_csv
from ..services import answering, moderating
from .desk_frame import answering_page, numbers_in, show, ticked

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

    from ..models import Process

PAGE_SIZE = 50
MOST = 500
"""So many contributions an address names to be answered together."""


@require_safe
@desk_of(rules.may_moderate)
def queue(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What waits to be checked, the oldest first, and what was decided."""
    page = Paginator(queries.queue_of(organisation), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "organisation": organisation, "page": page, "rows": [(found, DecideForm(prefix=str(found.pk))) for found in page],
        "log": queries.log_of(organisation)[:20],
    }  # fmt: skip
    return show(request, "queue", context, here=_("To be checked"))


@require_POST
@desk_of(rules.may_moderate)
def decide(request: HttpRequest, organisation: Organisation, contribution_id: int) -> HttpResponse:
    """Show or hide one contribution."""
    found = queries.contribution(contribution_id)
    if found is None or organisation.pk not in {found.office_id, found.process.organisation_id}:
        raise Http404
    form = DecideForm(request.POST, prefix=str(contribution_id))
    if not form.is_valid():
        context = {"organisation": organisation, "rows": [(found, form)], "page": None, "log": []}
        return show(request, "queue", context, here=_("To be checked"), status=400)
    decision = moderating.decide(actor=request.user, contribution=found, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Decided: %s. Its author is told.") % decision.get_verdict_display())
    return redirect("participation:queue", organisation.slug)


@require_safe
@desk_of(rules.may_moderate)
def log(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything that was decided, as CSV."""
    headers = {"Content-Disposition": f'attachment; filename="moderation-{organisation.slug}.csv"'}
    return HttpResponse(log_csv(queries.log_of(organisation)), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def contributions(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    """The contributions an office answers; those ticked get one answer, or go to a colleague."""
    found = queries.contributions_for(process, office)
    if request.GET.get("offen"):
        found = found.filter(answered=None)
    if only := request.GET.get("nummern"):
        found = found.filter(pk__in=numbers_in(only.split(",")[:MOST]))
    page = Paginator(found.select_related("assignee"), PAGE_SIZE).get_page(request.GET.get("seite"))
    offered = [one.pk for one in page]
    people = list(people_of(office, rules.KEEPERS))
    act = request.POST.get("act")
    answer = AnswerForm(request.POST if act == "answer" else None, offered=offered)
    assign = AssignForm(request.POST if act == "assign" else None, offered=offered, people=people)
    if answer.is_valid() and _answered(request, process, office, answer):
        return redirect(request.get_full_path())
    if assign.is_valid() and _assigned(request, process, office, assign):
        return redirect(request.get_full_path())
    context = {
        "process": process,
        "organisation": office,
        "page": page,
        "answer": answer,
        "assign": assign,
        "chosen": ticked(request),
        "answering": None if process.organisation_id == office.pk else Answering(process, office),
    }
    failed = answer.errors or assign.errors
    return show(request, "contributions", context, here=_("Contributions"), status=400 if failed else None)


def _answered(request: HttpRequest, process: Process, office: Organisation, form: AnswerForm) -> bool:
    data = form.cleaned_data
    try:
        change = change_at(data["change"], office) if data["change"] else Change()
        answering.answer(
            actor=request.user, process=process, office=office, contribution_ids=data["chosen"],
            stance=data["stance"], reason=data["reason"], forwarded_to=data["forwarded_to"], now=timezone.now(),
            **change.columns(),
        )  # fmt: skip
    except (answering.Unfit, Denied) as refused:
        form.add_error(None, str(refused))
        return False
    number = len(data["chosen"])
    told = ngettext("%d contribution is answered.", "%d contributions are answered.", number) % number
    once = _("Whoever wrote is told once, by mail.")
    messages.success(request, f"{told} {once}")
    return True


def _assigned(request: HttpRequest, process: Process, office: Organisation, form: AssignForm) -> bool:
    data = form.cleaned_data
    people = {str(one.pk): one for one in people_of(office, rules.KEEPERS)}
    try:
        number = answering.assign(
            actor=request.user, process=process, office=office, contribution_ids=data["chosen"], due_on=data["due_on"],
            assignee=people.get(data["assignee"]),
        )  # fmt: skip
    except (answering.Unfit, Denied) as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, ngettext("%d contribution is handed over.", "%d contributions are handed over.", number) % number)  # fmt: skip
    return True
