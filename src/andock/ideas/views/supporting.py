"""Being for an idea: one button, for whoever the device or the account knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.participation.device import known_participant, taking_part
from andock.participation.forms.person import CodeForm
from andock.participation.rules import may_count
from andock.participation.services.people import TooMany
from andock.participation.services.residence import CodeRefused
from andock.participation.views.public import head_of, leads_back
from andock.participation.views.sending import guessing_braked, refuse

from .. import queries, rules
from ..services import supporting
from .frame import seen_idea, to_link

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from ..models import Idea


UNFIT = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@leads_back
def support(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Be for an idea, or not any more. Nobody counts twice."""
    idea, now = seen_idea(request, slug, number), timezone.now()
    process = idea.contribution.process
    rules.may_support(request.user, idea, now).demand()
    known = known_participant(request)
    if known is None and not request.user.is_authenticated:
        return to_link(request, process)
    form = CodeForm(
        request.POST if request.method == "POST" else None, process=process, is_asked=not may_count(request.user, process, known),
    )  # fmt: skip
    status = _done(request, idea, form, now) if request.method == "POST" else 200
    if not status:
        stand = "zurueck" if "zurueck" in request.POST else "da"
        return redirect(f"{request.path}?stand={stand}")
    context = head_of(process) | {
        "idea": idea, "supports": queries.supports_of([idea]).get(idea.pk, 0), "known": known, "form": form,
        "is_supporting": known is not None and queries.is_supporting(known, idea), "stand": request.GET.get("stand"),
    }  # fmt: skip
    return render(request, "ideas/support.html", context, status=status)


def _done(request: HttpRequest, idea: Idea, form: CodeForm, now: datetime) -> int:
    """Count them, or not any more; the status of the page that says why not, 0 where it is done."""
    participant = taking_part(request, _("without name"), now)
    assert participant is not None, "Whoever is unknown was sent to get a link."
    if "zurueck" in request.POST:
        supporting.take_back(participant=participant, idea=idea, now=now)
        return 0
    if not form.is_valid():
        return UNFIT
    try:
        with guessing_braked(request, idea.contribution.process, form.code(), now):
            supporting.support(participant=participant, idea=idea, now=now, code=form.code())
    except (CodeRefused, TooMany) as refusal:
        return refuse(form, refusal)
    return 0
