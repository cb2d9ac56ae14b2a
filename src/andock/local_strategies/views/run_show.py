"""The pages of a take-over, rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from andock.docking.items import carried
from andock.strategy.comparison import term_labels
from andock.strategy.queries import edition_value

from .. import queries
from ..choices import ItemKind, Weight
from ..papers import paper
from ..run_page import RunPage
from ..services import runs, states
from ..services.storing import CannotChange

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.docking.items import Run as RunValue
    from andock.organisations.models import Organisation

    from ..models import LocalStrategy, Run, Version
    from ..run_forms import AnswerForm
    from ..run_page import Entry


def page_of(run: Run) -> RunPage:
    """The run with the answers given so far."""
    source = run.strategy.framework.editions.filter(ordinal=run.before["edition"]).first()
    return RunPage(
        queries.run_value(run), queries.resolutions_of(run), town=str(run.strategy.organisation),
        before=source.label if source else "", target=run.target.label, terms=term_labels(),
    )  # fmt: skip


def _show(request: HttpRequest, template: str, context: dict[str, Any], status: int | None = None) -> HttpResponse:
    context = context | {"messages": get_messages(request)}
    return render(request, f"local_strategies/run/{template}.html", context, status=status)


def _of_run(request: HttpRequest, run: Run, page: RunPage) -> dict[str, Any]:
    saved = request.GET.get("gespeichert", "")
    return {
        "organisation": run.strategy.organisation,
        "run": run,
        "page": page,
        "saved": page.entry(saved) if saved and request.method == "GET" else None,
        "keep": f"{request.user.pk}/uebernahme/{run.pk}",
        "term_labels": page.names.terms,
    }


def overview(request: HttpRequest, run: Run, page: RunPage) -> HttpResponse:
    """How far it is, what can be taken over in one step, what comes next."""
    context = _of_run(request, run, page) | {"newer": _newer(run, page)}
    return _show(request, "overview", context)


def _newer(run: Run, page: RunPage) -> dict[str, Any] | None:
    """A newer edition that has come into force in the middle, and how many answers would stay for it."""
    newest = queries.edition_to_follow(run.strategy)
    if newest is None or newest.ordinal <= run.target.ordinal:
        return None
    ahead = queries.run_value(run, edition_value(newest))
    return {"edition": newest, "kept": len(carried(page.given, page.value, ahead)), "given": len(page.given)}


def question(request: HttpRequest, run: Run, entry: Entry, form: AnswerForm, status: int | None = None) -> HttpResponse:
    """One question; after a refusal with what was typed, and with a colleague's answer where there is one now."""
    row = queries.answers_of(run).get(entry.key)
    page = entry.page if status is None else page_of(run)
    now = page.entry(entry.key) or entry
    mark = runs.answer_mark(page.given.get(entry.key))
    context = _of_run(request, run, page) | {
        "entry": now,
        "form": form,
        "beside": page.beside(now) if now in page.entries else {},
        "row": row,
        "seen": mark,
        "disputed": bool(form.is_bound and form.data.get("seen") != mark),
        "unsaved": form.is_bound,
    }
    return _show(request, "question", context, status)


def outside(request: HttpRequest, organisation: Organisation, strategy: LocalStrategy | None) -> HttpResponse:
    """No take-over is open: one can be begun, or the last one has led to a draft."""
    version = queries.working_version(strategy) if strategy else None
    context: dict[str, Any] = {"organisation": organisation, "version": version, "desk": _address("desk", organisation)}
    if strategy is None or version is None:
        return _show(request, "none", context)
    if finished := queries.finished_run(strategy):
        context |= _of_draft(organisation, finished.result or version) | {"run": finished}
    return _show(request, "start", context | _ahead(strategy, version))


def _ahead(strategy: LocalStrategy, version: Version) -> dict[str, Any]:
    """What a take-over would be about."""
    target = queries.edition_to_follow(strategy)
    due = queries.due_deferrals(version, localdate())
    found: dict[str, Any] = {"due": due, "ahead": queries.editions_ahead(version), "target": target}
    if target is None or not (found["ahead"] or due):
        return found
    try:
        runs.refuse_start(version, target)
    except CannotChange as refused:
        return found | {"refusal": str(refused)}
    return found | {"tally": _tally(queries.run_ahead(version, target)), "can_start": True}


def _tally(run: RunValue) -> list[tuple[str, int]]:
    """How many questions of each kind, those that need the most thought first."""
    asked = [item.kind for item in run.items if not item.given]
    return [(str(kind.label), asked.count(kind)) for kind in ItemKind if kind in asked]


def _of_draft(organisation: Organisation, draft: Version) -> dict[str, Any]:
    """What the draft changes and who has to decide on it."""
    changes = paper(draft).by_class()
    return {
        "draft": draft,
        "weight": Weight(states.weight_needed(draft)).label,
        "changes": [(Weight(name).label, len(rows)) for name, rows in changes.items() if rows],
        "paper": _address("synopsis", organisation),
    }


def _address(name: str, organisation: Organisation) -> str:
    """The address of another page of the local strategy, empty where there is none."""
    try:
        return reverse(f"local_strategies:{name}", args=[organisation.slug])
    except NoReverseMatch:
        return ""
