"""The desk of an organisation's solutions: all of them, a new one, and the screen on which one is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.permissions import Denied

from .. import queries, rules, sheet
from ..cards import card, cards
from ..forms.solution import GROUPS, BeginForm, SolutionForm
from ..services import solutions as service
from ..services.desk import Unfit
from .desk_frame import CONFLICT, put_problems, show, solution_desk, solution_page, theirs, to

if TYPE_CHECKING:
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Solution
    from ..reuse import Condition


@require_safe
@solution_desk
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What waits for a confirmation first, then drafts, published and archived cards."""
    today = timezone.localdate()
    found = cards(queries.desk_solutions(organisation), today)
    context = {
        "organisation": organisation,
        "drafts": [one for one in found if one.solution.publication == "draft"],
        "stale": [one for one in found if one.solution.publication == "published" and one.is_stale],
        "fresh": [one for one in found if one.solution.publication == "published" and not one.is_stale],
        "archived": [one for one in found if one.solution.publication == "archived"],
    }
    return show(request, "solutions", context)


@require_http_methods(["GET", "POST"])
@solution_desk
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new draft: a title and a type."""
    form = BeginForm(request.POST or None)
    if form.is_valid():
        made = service.begin(actor=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, _("The card is there, as a draft. Fill in what you know; half of it is fine."))
        return to(made)
    context = {"organisation": organisation, "form": form}
    return show(request, "begin_solution", context, here=_("New solution"), status=400 if form.errors else None)


@require_http_methods(["GET", "POST"])
@solution_page
def edit(request: HttpRequest, solution: Solution) -> HttpResponse:
    """The whole card on one screen."""
    verdict = rules.may_edit_solution(request.user, solution)
    form = SolutionForm(request.POST or None, solution=solution, loaded=sheet.read(solution))
    if not form.is_valid():
        return _show(request, solution, form, {})
    try:
        verdict.demand()
        conflicts = service.edit(actor=request.user, solution=solution, fields=form.submitted(), now=timezone.now())
    except (Unfit, Denied) as refused:
        put_problems(form, refused)
        return _show(request, solution, form, {})
    if conflicts:
        return _show(request, solution, _disputed(solution, conflicts), conflicts)
    return _saved(request, solution)


def _saved(request: HttpRequest, solution: Solution) -> HttpResponse:
    """Saved; perhaps confirmed with the same press."""
    if request.POST.get("then") != "confirm":
        messages.success(request, _("Saved."))
        return to(solution)
    try:
        service.confirm(actor=request.user, solution=solution, now=timezone.now(), today=timezone.localdate())
    except (Unfit, Denied) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Saved and confirmed: all of it is true today."))
    return to(solution)


def _disputed(solution: Solution, conflicts: dict[str, Conflict]) -> SolutionForm:
    """The form as it is saved now, with what was typed in the fields that somebody else changed too."""
    found = queries.own_solution(solution.organisation, solution.slug) or solution
    mine = {field: conflict.mine for field, conflict in conflicts.items()}
    return SolutionForm(solution=found, loaded=sheet.read(found), mine=mine)


def _show(request: HttpRequest, solution: Solution, form: SolutionForm, conflicts: dict[str, Conflict]) -> HttpResponse:
    shown = card(solution, timezone.localdate())
    groups = [
        (
            group,
            [(form[name], theirs(form, name, conflicts)) for name in group.fields],
            [(form[name], theirs(form, name, conflicts)) for name in group.folded],
        )
        for group in GROUPS
    ]
    context = {
        "solution": solution, "form": form, "groups": groups, "conflicts": conflicts,
        "card": shown, "missing": [(condition, _place_of(condition, form)) for condition in shown.reuse.missing],
        "may": _verdicts(request, solution),
    }  # fmt: skip
    status = CONFLICT if conflicts else 400 if form.errors else None
    return show(request, "solution", context, status=status)


def _place_of(condition: Condition, form: SolutionForm) -> str:
    """Where on the screen an open question is answered; empty for those answered by a document or a button."""
    names = (name.removesuffix("_from") for name in condition.fields)
    return next((str(form[name].id_for_label) for name in names if name in form.fields and not form[name].value()), "")


def _verdicts(request: HttpRequest, solution: Solution) -> dict[str, object]:
    """What may be done, for the buttons; a refusal is shown with its reason."""
    return {
        "edit": rules.may_edit_solution(request.user, solution),
        "publish": rules.may_publish_solution(request.user, solution),
        "confirm": rules.may_confirm_solution(request.user, solution),
        "archive": rules.may_archive_solution(request.user, solution),
        "delete": rules.may_delete_solution(request.user, solution),
    }
