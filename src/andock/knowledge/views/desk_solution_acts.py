"""Publish, confirm, archive and delete a card; its documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andock.kernel.permissions import Denied

from .. import rules
from ..forms.solution import DocumentForm
from ..services import documents as document_service
from ..services import solutions as service
from ..services.desk import Unfit
from .desk_frame import put_problems, refused, show, solution_page, to

if TYPE_CHECKING:
    from ..models import Solution


@require_POST
@solution_page
def publish(request: HttpRequest, solution: Solution) -> HttpResponse:
    """Show it to everybody, however little it says."""
    told = _("Published. Everybody can see it now, with what is known and what is missing.")
    return _done(request, solution, service.publish, told, today=timezone.localdate())


@require_POST
@solution_page
def confirm(request: HttpRequest, solution: Solution) -> HttpResponse:
    """Still true."""
    return _done(
        request, solution, service.confirm, _("Confirmed: all of it is true today."), today=timezone.localdate()
    )


@require_POST
@solution_page
def archive(request: HttpRequest, solution: Solution) -> HttpResponse:
    """Out of the lists."""
    return _done(request, solution, service.archive, _("Archived. It is in no list any more; its address stays."))


def _done(request: HttpRequest, solution: Solution, act: Callable[..., Any], told: str, **more: Any) -> HttpResponse:
    try:
        act(actor=request.user, solution=solution, now=timezone.now(), **more)
    except (Unfit, Denied) as no:
        return refused(request, solution, no)
    messages.success(request, told)
    return to(solution)


@require_http_methods(["GET", "POST"])
@solution_page
def delete(request: HttpRequest, solution: Solution) -> HttpResponse:
    """A draft goes for good."""
    verdict = rules.may_delete_solution(request.user, solution)
    if not verdict:
        return refused(request, solution, verdict.reason)
    if request.method != "POST":
        return show(request, "delete_solution", {"solution": solution}, here=_("Delete the draft"))
    try:
        service.delete(actor=request.user, solution=solution)
    except Unfit as unfit:
        messages.warning(request, str(unfit))
    else:
        messages.success(request, _("The draft is deleted."))
    return redirect("knowledge:solution_desk", solution.organisation.slug)


@require_http_methods(["GET", "POST"])
@solution_page
def documents(request: HttpRequest, solution: Solution) -> HttpResponse:
    """What is there, and a form for one more."""
    verdict = rules.may_edit_solution(request.user, solution)
    if not verdict:
        return refused(request, solution, verdict.reason)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            document_service.add(actor=request.user, solution=solution, **form.cleaned_data)
        except (Unfit, Denied) as no:
            put_problems(form, no)
        else:
            messages.success(request, _("The document is there."))
            return to(solution, "documents_of")
    context = {"solution": solution, "form": form, "documents": solution.documents.all()}
    return show(request, "documents", context, here=_("Documents"), status=400 if form.errors else None)


@require_POST
@solution_page
def remove_document(request: HttpRequest, solution: Solution, document_id: int) -> HttpResponse:
    try:
        document_service.remove(actor=request.user, solution=solution, document_id=document_id)
    except (Unfit, Denied) as no:
        return refused(request, solution, no)
    messages.success(request, _("The document is deleted."))
    return to(solution, "documents_of")
