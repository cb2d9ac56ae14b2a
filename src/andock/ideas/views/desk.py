"""The ideas of a process for the office: how far they are, where they are, what they belong to, what came on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied
from andock.knowledge.queries import published_solutions
from andock.participation.changes import Change, change_at
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of
from andock.participation.rules import may_bring_in
from andock.participation.services.answering import Unfit
from andock.participation.views.desk_frame import answering_page, process_page, show, ticked

from .. import queries
from ..forms.desk import LinksForm, PaperForm, PlaceForm, StatusForm
from ..services import entering, steering
from .frame import ground_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation
    from andock.participation.models import Process

    from ..models import Idea

PAGE_SIZE, UNFIT = 50, 400


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def ideas(request: HttpRequest, process: Process, office: Organisation) -> HttpResponse:
    """Those the office answers; those ticked get one status."""
    _demand_ideas(process)
    page = Paginator(queries.ideas_answered_by(process, office), PAGE_SIZE).get_page(request.GET.get("seite"))
    form = StatusForm(request.POST if request.method == "POST" else None, offered=[one.pk for one in page])
    if form.is_valid():
        chosen = [one for one in page if one.pk in form.cleaned_data["chosen"]]
        try:
            number = steering.set_status(actor=request.user, ideas=chosen, status=form.cleaned_data["status"])
        except Denied as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, ngettext("The status of %d idea is set.", "The status of %d ideas is set.", number) % number)  # fmt: skip
            return redirect(request.get_full_path())
    context = {
        "process": process, "organisation": office, "page": page, "form": form, "ticked": ticked(request),
        "supports": queries.supports_of(page),
    }  # fmt: skip
    return show(request, "ideas", context, folder="ideas/desk", here=_("Ideas"), status=UNFIT if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def place(request: HttpRequest, process: Process, office: Organisation, number: int) -> HttpResponse:
    """Say where an idea is."""
    idea = own_idea(process, office, number)
    form = PlaceForm(
        request.POST if request.method == "POST" else None, idea=idea, ground=partial(ground_for, request, process)
    )
    if form.is_searching:
        form.show_found()
    elif form.is_valid():
        latitude, longitude = form.cleaned_data["point"] or (None, None)
        steering.locate(
            actor=request.user, idea=idea, place=form.cleaned_data["place"], latitude=latitude, longitude=longitude
        )
        messages.success(request, _("Saved."))
        return to_desk(process, office)
    context = {"process": process, "organisation": office, "form": form, "title": _("Place of the idea"), "idea": idea}
    return _form_page(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def links(request: HttpRequest, process: Process, office: Organisation, number: int) -> HttpResponse:
    """Say which passage and which solutions an idea belongs to."""
    idea = own_idea(process, office, number)
    given = {"solutions": list(idea.solutions.values_list("slug", flat=True)), "element": _permalink(idea)}
    form = LinksForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        solutions = list(published_solutions().filter(slug__in=form.cleaned_data["solutions"]))
        try:
            passage = change_at(form.cleaned_data["element"]) if form.cleaned_data["element"] else Change()
        except Unfit as unfit:
            form.add_error("element", str(unfit))
        else:
            steering.link(actor=request.user, idea=idea, element_id=passage.element_id, solutions=solutions)
            messages.success(request, _("Saved."))
            return to_desk(process, office)
    context = {
        "process": process,
        "organisation": office,
        "form": form,
        "title": _("What the idea belongs to"),
        "idea": idea,
    }
    return _form_page(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def paper(request: HttpRequest, process: Process) -> HttpResponse:
    """Type an idea that came on paper."""
    _demand_ideas(process)
    may_bring_in(request.user, process).demand()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*sent, process=process, ground=partial(ground_for, request, process))
    if form.is_searching:
        form.show_found()
    elif form.is_valid():
        made = entering.enter_paper_idea(
            actor=request.user, process=process, title=form.cleaned_data["title"], text=form.cleaned_data["text"],
            municipality=form.town(), sheet=form.sheet(), now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Entered. It stands in the list as idea %d, marked as on paper.") % made.pk)
        return to_desk(process, process.organisation)
    form.keep_photo()
    return _form_page(request, {"process": process, "form": form, "title": _("An idea on paper")})


def _demand_ideas(process: Process) -> None:
    """404 where none are collected."""
    if phase_of(process, PhaseKind.IDEAS) is None:
        raise Http404


def own_idea(process: Process, office: Organisation, number: int) -> Idea:
    """An idea this office answers, else 404."""
    found = queries.ideas_answered_by(process, office).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def to_desk(process: Process, office: Organisation) -> HttpResponse:
    return redirect("ideas:desk", office.slug, process.slug)


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = UNFIT if context["form"].errors else None
    return show(request, "form", context, folder="ideas/desk", here=context["title"], status=status)


def _permalink(idea: Idea) -> str:
    return f"/strategie/stelle/{idea.contribution.element_id}/" if idea.contribution.element_id else ""
