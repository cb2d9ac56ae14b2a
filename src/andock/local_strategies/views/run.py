"""Taking over a new edition: what there is to answer, one question at a time, and the draft that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from andock.organisations.queries import organisations

from .. import queries, rules
from ..run_forms import AnswerForm
from ..services import runs
from ..services.storing import CannotChange
from . import run_show
from .frame import typed_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from andock.organisations.models import Organisation

    from ..models import LocalStrategy, Run
    from ..run_page import Entry, RunPage

REFUSED, CONFLICT = 400, 409


def place(request: HttpRequest, slug: str) -> tuple[Organisation, LocalStrategy | None]:
    """The organisation and its local strategy, for those who work on it."""
    organisation = get_object_or_404(organisations(), slug=slug)
    rules.may_work_on_strategy(request.user, organisation).demand()
    return organisation, queries.strategy_of(organisation)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in, the list, or with ``?stelle=`` one question, which is answered here too."""
    organisation, strategy = place(request, slug)
    running = queries.open_run(strategy) if strategy else None
    if running is None:
        if request.method == "POST" and (
            kept := typed_back(
                request,
                organisation,
                _("This take-over was finished or dropped meanwhile. Your answer was not saved."),
            )
        ):
            return kept
        return run_show.outside(request, organisation, strategy)
    page = run_show.page_of(running)
    key = request.GET.get("stelle", "")
    if not key:
        return run_show.overview(request, running, page)
    if entry := page.entry(key):
        return _question(request, running, page, entry)
    gone = _("This question is no longer asked. Here is what is left.")
    return typed_back(request, organisation, gone) or redirect("local_strategies:run", slug)


def _question(request: HttpRequest, running: Run, page: RunPage, entry: Entry) -> HttpResponse:
    form = AnswerForm(entry, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return run_show.question(request, running, entry, form)
    if not form.is_valid():
        return run_show.question(request, running, entry, form, status=REFUSED)
    try:
        runs.answer_item(actor=request.user, run=running, resolution=form.resolution(), seen=form.cleaned_data["seen"])
    except CannotChange as refused:
        form.add_error(None, str(refused))
        return run_show.question(request, running, entry, form, status=CONFLICT)
    return _onward(request, running, entry.key)


def _onward(request: HttpRequest, running: Run, answered: str) -> HttpResponse:
    """To the next open question; after the last one to the list."""
    page = run_show.page_of(running)
    following = page.next_open(answered)
    values = {"stelle": following.key} if following else {}
    return redirect(f"{_address(running)}?{urlencode(values | {'gespeichert': answered})}")


def _address(running: Run) -> str:
    return reverse("local_strategies:run", args=[running.strategy.organisation.slug])


# --- steps of the whole -----------------------------------------------------------------------------------------------
@require_POST
def step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One step of the take-over as a whole; a refusal lands on the page it came from."""
    _organisation, strategy = place(request, slug)
    if strategy is None or name not in STEPS:
        raise Http404
    try:
        return STEPS[name](request, strategy)
    except CannotChange as refused:
        messages.error(request, str(refused))
        return redirect("local_strategies:run", slug)


def _running(strategy: LocalStrategy) -> Run:
    running = queries.open_run(strategy)
    if running is None:
        raise CannotChange(_("This take-over was finished or dropped meanwhile. Here is where it stands."))
    return running


def _home(strategy: LocalStrategy) -> HttpResponse:
    return redirect("local_strategies:run", strategy.organisation.slug)


def _begin(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    target = queries.edition_to_follow(strategy)
    if target is None:
        raise Http404
    runs.start_run(actor=request.user, strategy=strategy, target=target)
    return _home(strategy)


def _safe(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    number = runs.answer_safe(actor=request.user, run=_running(strategy))
    words = ngettext("%d passage taken over in one step.", "%d passages taken over in one step.", number)
    messages.success(request, words % number)
    return _home(strategy)


def _take_back(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    running, key = _running(strategy), request.POST.get("stelle", "")
    runs.take_back(actor=request.user, run=running, item=key)
    messages.success(request, _("Taken back. The question is open again."))
    return redirect(f"{_address(running)}?{urlencode({'stelle': key})}")


def _finish(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    draft = runs.finish_run(actor=request.user, run=_running(strategy))
    messages.success(request, _("Version %d is there as a draft. Nothing is in force yet.") % draft.number)
    return _home(strategy)


def _reopen(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    finished = queries.finished_run(strategy)
    if finished is None:
        raise CannotChange(_("The draft was submitted, decided or deleted meanwhile; the answers stay as they are."))
    runs.reopen_run(actor=request.user, run=finished)
    messages.success(request, _("The questions are open again, with all your answers."))
    return _home(strategy)


def _retarget(request: HttpRequest, strategy: LocalStrategy) -> HttpResponse:
    target = queries.edition_to_follow(strategy)
    if target is None:
        raise Http404
    runs.retarget_run(actor=request.user, run=_running(strategy), target=target)
    messages.success(request, _("You now take over %s. Answers to the same wordings have stayed.") % target.label)
    return _home(strategy)


STEPS: dict[str, Callable[[HttpRequest, LocalStrategy], HttpResponse]] = {
    "beginnen": _begin, "alle": _safe, "zuruecknehmen": _take_back, "abschliessen": _finish, "wieder-oeffnen": _reopen,
    "umstellen": _retarget,
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the take-over up, after a question."""
    organisation, strategy = place(request, slug)
    running = queries.open_run(strategy) if strategy else None
    if running is None:
        return redirect("local_strategies:run", slug)
    if request.method == "POST":
        runs.drop_run(actor=request.user, run=running)
        messages.success(request, _("Dropped. Your local strategy is as it was; you can begin again at any time."))
        return redirect("local_strategies:run", slug)
    context: dict[str, Any] = {
        "organisation": organisation,
        "run": running,
        "answers": len(queries.answers_of(running)),
    }
    return render(request, "local_strategies/run/drop.html", context)
