"""An organisation's processes: a new one from a blueprint, what stands on its page, publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..blueprints import proposed_beginning
from ..choices import Blueprint
from ..forms.desk import BeginForm, PhaseForm, ProcessForm
from ..lacking import Lack, lacks
from ..lines import process_line, process_lines
from ..services import processes
from ..services.answering import Unfit
from .desk_frame import process_page, show, to

if TYPE_CHECKING:
    from datetime import datetime

    from andock.organisations.models import Organisation

    from ..models import Process

CONFLICT = 409


@require_safe
@desk_of(rules.may_moderate)
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Its processes, and what waits to be checked."""
    found = list(queries.processes_of(organisation))
    lines = process_lines(found, timezone.now())
    context = {
        "organisation": organisation, "drafts": [line for line in lines if not line.process.is_public],
        "published": [line for line in lines if line.process.is_public],
        "others": process_lines(queries.processes_answered_by(organisation), timezone.now()),
        "waiting": queries.queue_of(organisation).count(), "may": rules.may_keep_processes(request.user, organisation),
    }  # fmt: skip
    return show(request, "desk", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_keep_processes)
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new draft from a blueprint."""
    initial = {"blueprint": Blueprint.IDEAS, "begins_at": proposed_beginning(timezone.now())}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        made = processes.begin(actor=request.user, organisation=organisation, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The draft is there. Say what it is about, then publish it."))
        return to(made, "edit")
    context = {"organisation": organisation, "form": form}
    return show(request, "begin", context, here=_("New process"), status=400 if form.errors else None)


@require_safe
@process_page
def overview(request: HttpRequest, process: Process) -> HttpResponse:
    """One process: where it stands, what it lacks, what can be done."""
    now = timezone.now()
    context = {
        "process": process, "line": process_line(process, now), "people": queries.people_in(process),
        **_lacking(process, now),
        "unanswered": queries.unanswered(process).count() if process.is_public else 0,
        "codes": queries.codes_made(process) if process.needs_residence else 0,
        "may_delete": rules.may_delete_process(request.user, process),
    }  # fmt: skip
    return show(request, "overview", context)


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def edit(request: HttpRequest, process: Process) -> HttpResponse:
    """Everything that stands on its page, with its phases, in one form."""
    data = request.POST if request.method == "POST" else None
    form = ProcessForm(data, initial=_initial(process))
    phases = [PhaseForm(data, phase=phase) for phase in process.phases.all()]
    if not all([form.is_valid(), *[one.is_valid() for one in phases]]):
        return _edit_page(request, process, form, phases)
    try:
        entries = [one.entry() for one in phases]
        processes.change(actor=request.user, process=process, now=timezone.now(), phases=entries, **form.cleaned_data)
    except processes.ChangedMeanwhile as conflict:
        form.data = form.data.copy()
        form.data["seen"] = conflict.present.changed_at.isoformat()
        form.add_error(None, str(conflict))
        return _edit_page(request, process, form, phases, present=conflict.present, status=CONFLICT)
    except Unfit as unfit:
        form.add_error(None, str(unfit))
        return _edit_page(request, process, form, phases)
    messages.success(request, _("Saved."))
    return to(process)


def _initial(process: Process) -> dict[str, Any]:
    values = {name: getattr(process, name) for name in processes.FIELDS}
    return values | {
        "seen": process.changed_at.isoformat(), "terms": [term.key for term in process.terms.all()],
        "events": list(process.events.values_list("slug", flat=True)),
    }  # fmt: skip


def _edit_page(
    request: HttpRequest, process: Process, form: ProcessForm, phases: list[PhaseForm], *,
    present: Process | None = None, status: int | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"process": process, "form": form, "phases": phases, "present": present}
    failed = form.is_bound
    return show(request, "edit", context, here=_("Text and phases"), status=status or (400 if failed else None))


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def publish(request: HttpRequest, process: Process) -> HttpResponse:
    """Ask once more; then everybody sees it."""
    if request.method == "POST":
        try:
            processes.publish(actor=request.user, process=process, now=timezone.now())
        except (processes.ChangedMeanwhile, Unfit) as unfit:
            messages.error(request, str(unfit))
        else:
            messages.success(request, pgettext("process", "Published. Everybody can see it now."))
        return to(process)
    now = timezone.now()
    context = {"process": process, "line": process_line(process, now)} | _lacking(process, now)
    return show(request, "publish", context, here=_("Publish"))


def _lacking(process: Process, now: datetime) -> dict[str, list[Lack]]:
    """What must be done before it is published, and what before people can take part."""
    found = lacks(process, now)
    is_over = all(phase.ends_at <= now for phase in process.phases.all())
    return {
        "lacks": [] if process.is_public else [one for one in found if not one.may_wait],
        "waiting": [] if is_over else [one for one in found if one.may_wait],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def delete(request: HttpRequest, process: Process) -> HttpResponse:
    """Ask once more; then the draft is gone."""
    if request.method == "POST":
        processes.delete(actor=request.user, process=process)
        messages.success(request, _("The draft is deleted."))
        return redirect("participation:desk", process.organisation.slug)
    return show(request, "delete", {"process": process}, here=_("Delete the draft"))
