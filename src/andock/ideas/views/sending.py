"""A new idea, and what somebody says about one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andock.participation.choices import ContributionKind, PhaseKind
from andock.participation.device import introducing
from andock.participation.queries import phase_of
from andock.participation.views.public import head_of, leads_back
from andock.participation.views.sending import REFUSALS, first_key, never_cache, refuse, send, thanks

from .. import queries, rules
from ..forms.idea import IdeaForm, RemarkForm
from ..services.entering import address_pattern, idea_writer, remark_writer
from .frame import ground_for, process_with_ideas, seen_idea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from andock.participation.models import Process

    from ..models import Idea, Remark

UNFIT = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@leads_back
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Send an idea. What others have said already is shown first; it can be sent all the same."""
    process = process_with_ideas(request, slug)
    if request.method != "POST":
        rules.may_send_idea(request.user, process).demand()
        return _idea_page(request, process, _idea_form(request, process))
    form = _idea_form(request, process, request.POST, request.FILES)
    if form.is_searching:
        form.show_found()
        return _idea_page(request, process, form)
    if not form.is_valid():
        return _idea_page(request, process, form, status=UNFIT)
    data = form.cleaned_data
    similar = [] if "anyway" in request.POST else queries.similar_ideas(process, data["title"], data["text"])
    if similar:
        return _idea_page(request, process, form, similar=similar)
    try:
        return thanks(send(request, form, phase_of(process, PhaseKind.IDEAS), **_idea(process, form)), process)
    except tuple(REFUSALS) as refusal:
        return _idea_page(request, process, form, status=refuse(form, refusal))


def _idea_form(request: HttpRequest, process: Process, *sent: Any) -> IdeaForm:
    return IdeaForm(*sent, ground=partial(ground_for, request, process), **_who(request, process))


def _idea(process: Process, form: IdeaForm) -> dict[str, Any]:
    return {
        "kind": ContributionKind.IDEA, "title": form.cleaned_data["title"], "text": form.cleaned_data["text"],
        "about": _("Idea in “%s”") % process, "address": address_pattern(process), "municipality": form.town(),
        "detail": idea_writer(form.sheet()),
    }  # fmt: skip


def _idea_page(
    request: HttpRequest, process: Process, form: IdeaForm, *, similar: Sequence[Idea] = (), status: int = 200
) -> HttpResponse:
    form.keep_photo()
    context = head_of(process) | {"form": form, "similar": similar}
    return render(request, "ideas/new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@leads_back
def remark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Be for or against an idea and say why, or ask; or answer somebody who did."""
    idea = seen_idea(request, slug, number)
    process, answered = idea.contribution.process, _answered(request, idea)
    verdict = rules.may_remark(request.user, idea)
    if request.method != "POST":
        verdict.demand()
        return _remark_page(request, idea, answered, RemarkForm(**_who(request, process)))
    form = RemarkForm(request.POST, **_who(request, process))
    if not form.is_valid():
        return _remark_page(request, idea, answered, form, status=UNFIT)
    try:
        verdict.demand()
        phase = rules.discussion_phase(process, timezone.now())
        return thanks(send(request, form, phase, **_remark(idea, answered, form)), process)
    except tuple(REFUSALS) as refusal:
        return _remark_page(request, idea, answered, form, status=refuse(form, refusal))


def _answered(request: HttpRequest, idea: Idea) -> Remark | None:
    """The remark that is to be answered, by its number in the address; 404 where it cannot be."""
    asked = request.GET.get("antwort", "")
    if not asked:
        return None
    found = queries.remark_of(idea, int(asked)) if asked.isdecimal() and len(asked) <= len("9" * 18) else None
    if found is None:
        raise Http404
    return found


def _remark(idea: Idea, answered: Remark | None, form: RemarkForm) -> dict[str, Any]:
    contribution = idea.contribution
    return {
        "kind": ContributionKind.REMARK, "text": form.cleaned_data["text"], "about": contribution.title,
        "address": f"{contribution.address}#beitrag-{{pk}}", "municipality": contribution.municipality,
        "detail": remark_writer(idea, form.cleaned_data["stand"], answered),
    }  # fmt: skip


def _remark_page(
    request: HttpRequest, idea: Idea, answered: Remark | None, form: RemarkForm, *, status: int = 200
) -> HttpResponse:
    context = head_of(idea.contribution.process) | {"idea": idea, "answered": answered, "form": form}
    return render(request, "ideas/remark.html", context, status=status)


def _who(request: HttpRequest, process: Process) -> dict[str, Any]:
    return introducing(request, process) | {"initial": {"key": first_key(process, timezone.now())}}
