"""Joining two ideas: the office proposes it, whoever wrote the idea agrees or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andock.participation.views.desk_frame import answering_page, show
from andock.participation.views.mine import gone, private

from .. import mail, queries
from ..forms.desk import MergeForm
from ..services import merging
from .desk import UNFIT, own_idea, to_desk

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation
    from andock.participation.models import Process

    from ..models import Idea


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def propose(request: HttpRequest, process: Process, office: Organisation, number: int) -> HttpResponse:
    """Propose to let an idea go into another one."""
    idea = own_idea(process, office, number)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _proposed(request, queries.ideas_answered_by(process, office), idea, form):
        return to_desk(process, office)
    context = {
        "process": process, "organisation": office, "form": form, "title": _("Join with another idea"), "idea": idea,
        "is_merge": True,
    }  # fmt: skip
    return show(
        request, "form", context, folder="ideas/desk", here=context["title"], status=UNFIT if form.errors else None
    )


def _proposed(request: HttpRequest, ideas: QuerySet[Idea], idea: Idea, form: MergeForm) -> bool:
    target = ideas.filter(pk=form.cleaned_data["target"]).first()
    if target is None:
        form.add_error("target", _("Among the ideas you answer there is none with this number."))
        return False
    try:
        is_done = merging.propose(actor=request.user, idea=idea, target=target, now=timezone.now())
    except merging.Unfit as unfit:
        form.add_error("target", str(unfit))
        return False
    told = (
        _("The two are one now.") if is_done else _("Its author is asked by mail. Until they agree, nothing changes.")
    )
    messages.success(request, told)
    return True


@require_POST
@answering_page
def take_back(request: HttpRequest, process: Process, office: Organisation, number: int) -> HttpResponse:
    """The office does not propose it any more."""
    merging.take_back(actor=request.user, idea=own_idea(process, office, number))
    messages.success(request, _("The proposal is taken back."))
    return to_desk(process, office)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in the mail: agree that the idea is joined with another one, or refuse."""
    number = mail.idea_number_in(token)
    idea = queries.proposed_merger(number) if number else None
    if idea is None or idea.contribution.participant is None:
        return gone(request)
    if idea.proposed_into is None or not idea.proposed_into.contribution.is_public:
        return redirect(idea.contribution.address) if idea.contribution.is_public else gone(request)
    if request.method == "POST":
        agrees = "agree" in request.POST
        try:
            merging.answer(
                participant=idea.contribution.participant, idea=idea, agrees=agrees, now=timezone.now(),
                into=request.POST.get("into", ""),
            )  # fmt: skip
        except merging.Unfit as unfit:
            return render(request, "ideas/agree.html", {"idea": idea, "refused": str(unfit)}, status=409)
        return redirect(idea.contribution.address)
    return render(request, "ideas/agree.html", {"idea": idea, "process": idea.contribution.process})
