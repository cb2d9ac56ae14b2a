"""What everybody sees: all processes, one of them, what came of it, the rules."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.kernel.permissions import Denied
from andock.strategy.views.reading import absolute, is_foreign

from .. import queries, rules
from ..choices import PhaseTime, Reason
from ..figures import figures_of, residence_proved, settles_next
from ..lines import next_change, phase_lines, process_line, process_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from ..models import Process

PAGE_SIZE = 20
REFUSED = 403
STANDS = frozenset({"bestaetigen", "pruefen", "link"})


@require_safe
@public_page(scopes=("participation", "organisations"), query=("seite",))
def listing(request: HttpRequest) -> HttpResponse:
    """What runs, what comes, what is over."""
    now = timezone.now()
    processes = queries.public_processes()
    open_ones = {
        time: list(queries.processes_at(processes, time, now)) for time in (PhaseTime.RUNNING, PhaseTime.COMING)
    }
    over = Paginator(queries.processes_at(processes, PhaseTime.OVER, now), PAGE_SIZE).get_page(request.GET.get("seite"))
    page_ends_at(request, next_change([one for found in open_ones.values() for one in found], now))
    context = {
        "running": process_lines(open_ones[PhaseTime.RUNNING], now),
        "coming": process_lines(open_ones[PhaseTime.COMING], now),
        "over": process_lines(over, now), "page": over, "foreign": is_foreign(),
    }  # fmt: skip
    return render(request, "participation/list.html", context)


@require_safe
@public_page(scopes=("process:{slug}", "organisations", "strategy"))
def process(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about a process that is for everybody; a draft only for the people of who holds it."""
    found, now = seen_process(request, slug), timezone.now()
    page_ends_at(request, next_change([found], now))
    context = {
        **head_of(found), "line": process_line(found, now), "phases": phase_lines(found, now),
        "events": found.events.all(), "people": queries.people_in(found), "answers": queries.responses_of(found)[:5],
        "place": rules.place_of(found) if found.needs_residence else "", "knows_accounts": bool(settings.ANDOCK_OIDC_RESIDENCE_CLAIM),
        "canonical": absolute(reverse("participation:process", args=[slug])),
    }  # fmt: skip
    return render(request, "participation/process.html", context)


@require_safe
@public_page(scopes=("process:{slug}", "organisations", "strategy"), query=("seite",))
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of it: every answer with what it answers, and how many took part."""
    found, now = seen_process(request, slug), timezone.now()
    page_ends_at(request, settles_next(found, now))
    page = Paginator(queries.responses_of(found), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        **head_of(found), "page": page, "people": queries.people_in(found),
        "unanswered": queries.unanswered(found).count(), "figures": figures_of(found, now),
        "residence": residence_proved(found),
    }  # fmt: skip
    return render(request, "participation/result.html", context)


@require_safe
@public_page(scopes=())
def rules_page(request: HttpRequest) -> HttpResponse:
    """For what reasons something is not shown, and what people can do."""
    return render(request, "participation/rules.html", {"reasons": Reason.labels})


@require_safe
@public_page(scopes=("process:{slug}", "organisations"), query=("stand",))
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next. Says nothing about anybody: the address alone decides what stands here."""
    stand = request.GET.get("stand", "")
    context = head_of(seen_process(request, slug)) | {"stand": stand if stand in STANDS else "pruefen"}
    return render(request, "participation/thanks.html", context)


@require_safe
def contribution(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """A short permanent address: leads to where the contribution stands."""
    found = queries.contribution(contribution_id)
    if found is None or not rules.may_see_contribution(request.user, found):
        raise Http404
    return redirect(found.address or reverse("participation:process", args=[found.process.slug]))


def seen_process(request: HttpRequest, slug: str) -> Process:
    """The process, if this person may see it; else 404, as if there were none."""
    found = queries.process_at(slug)
    if found is None or not rules.may_see_process(request.user, found):
        raise Http404
    return found


def leads_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a process for everybody: where a rule says no, it says why and leads back, not to signing in."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, **given: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **given)
        except Denied as refused:
            context = head_of(seen_process(request, slug)) | {"why": str(refused)}
            return render(request, "participation/refused.html", context, status=REFUSED)

    return wrapper


def head_of(process: Process) -> dict[str, Any]:
    """What stands at the head of every page about a process."""
    return {"process": process, "foreign": is_foreign()}
