"""Being for an idea: one button, for whoever the device or the account knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.participation.device import known_participant, taking_part
from andock.participation.views.public import head_of

from .. import queries, rules
from ..services import supporting
from .frame import seen_idea, to_idea, to_link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Be for an idea, or not any more. Nobody counts twice."""
    idea, now = seen_idea(request, slug, number), timezone.now()
    process = idea.contribution.process
    rules.may_support(request.user, idea, now).demand()
    if request.method == "POST":
        participant = taking_part(request, _("without name"), now)
        if participant is None:
            return to_link(request, process)
        act = supporting.take_back if "zurueck" in request.POST else supporting.support
        act(participant=participant, idea=idea, now=now)
        return to_idea(idea)
    known = known_participant(request)
    if known is None and not request.user.is_authenticated:
        return to_link(request, process)
    context = head_of(process) | {
        "idea": idea, "supports": queries.supports_of([idea]).get(idea.pk, 0), "known": known,
        "is_supporting": known is not None and queries.is_supporting(known, idea),
    }  # fmt: skip
    return render(request, "ideas/support.html", context)
