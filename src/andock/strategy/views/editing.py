"""The editor's overview, an edition's structure and what is said about it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import queries
from ..arrangement import Arrangement
from ..forms import EditionForm, ReasonsForm
from ..outline import outline
from ..services import drafts as service
from ..services import structure, succession
from ..services.locking import CannotChange
from .editor import CONFLICT, edition_page, framework_page, show, to_edition

if TYPE_CHECKING:
    from ..models import Edition, Framework


@require_http_methods(["GET", "POST"])
@framework_page
def drafts(request: HttpRequest, framework: Framework) -> HttpResponse:
    """All drafts; begins a new one."""
    if request.method == "POST":
        begun = service.begin_draft(actor=request.user, framework=framework)
        messages.success(request, _("The draft has begun with the text of the last edition. Give it a title first."))
        return redirect("strategy:edit_describe", begun.ordinal)
    context = {
        "framework": framework,
        "open": queries.open_editions(framework),
        "last": queries.public_editions().filter(framework=framework).first(),
    }
    return show(request, "drafts", context)


@require_http_methods(["GET", "POST"])
@edition_page
def edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The structure of a draft; one step up, down, in or out at a time."""
    if request.method == "POST":
        return _move(request, edition)
    versions = list(edition.versions.order_by("position"))
    arrangement: Arrangement[UUID] = Arrangement((version.element_id, version.parent_id) for version in versions)
    context = {
        "edition": edition,
        "outline": outline(versions),
        "count": len(versions),
        "steps": {version.element_id: arrangement.steps(version.element_id) for version in versions},
        "moves": (
            ("up", _("Up"), "up"),
            ("down", _("Down"), "down"),
            ("indent", _("In"), "arrow"),
            ("outdent", _("Out"), "back"),
        ),
        "moved": request.GET.get("stelle", ""),
        "pressed": request.GET.get("schritt", ""),
    }
    return show(request, "edition", context)


def _move(request: HttpRequest, edition: Edition) -> HttpResponse:
    step, _colon, identity = request.POST.get("move", "").partition(":")
    try:
        element_id = UUID(identity)
        structure.move_element(actor=request.user, edition=edition, element_id=element_id, step=step)
    except CannotChange as refused:
        messages.error(request, str(refused))
    except (ValueError, KeyError):
        return to_edition(edition)
    return to_edition(edition, f"stelle={identity}&schritt={step}")


@require_http_methods(["GET", "POST"])
@edition_page
def describe(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Label, title, kind, date and note of an edition."""
    form = EditionForm(request.POST or None, loaded=service.describe(edition))
    conflicts: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            conflicts = service.describe_edition(actor=request.user, edition=edition, fields=form.submitted())
        except CannotChange as refused:
            messages.error(request, str(refused))
            return redirect("strategy:edit")
        if not conflicts:
            messages.success(request, _("Saved."))
            return to_edition(edition)
        edition.refresh_from_db()
        mine = {name: conflict.mine for name, conflict in conflicts.items()}
        form = EditionForm(loaded=service.describe(edition), mine=mine)
    rows = [(form[name], conflicts.get(name)) for name in service.DESCRIPTION]
    context = {"edition": edition, "form": form, "rows": rows, "conflicts": conflicts}
    status = CONFLICT if conflicts else None
    return show(request, "describe", context, here=_("Title, date and note"), status=status)


@require_http_methods(["GET", "POST"])
@edition_page
def reasons(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What became of the elements of the edition before, with the reasons readers see."""
    rows = queries.lineage_with_titles(edition)
    form = ReasonsForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        conflicts = succession.give_reasons(actor=request.user, edition=edition, fields=form.submitted())
        if not conflicts:
            messages.success(request, _("Saved."))
            return redirect("strategy:edit_reasons", edition.ordinal)
        mine = {name: conflict.mine for name, conflict in conflicts.items()}
        rows = queries.lineage_with_titles(edition)
        form = ReasonsForm(rows=rows, mine=mine)
        messages.error(
            request, _("Somebody else changed a reason at the same time. Both are shown; save what shall stay.")
        )
        return _show_reasons(request, edition, form, conflicts)
    return _show_reasons(request, edition, form, {})


def _show_reasons(request: HttpRequest, edition: Edition, form: ReasonsForm, conflicts: dict[str, Any]) -> HttpResponse:
    entries = [(row, form[name], conflicts.get(name)) for name, row in form.rows.items()]
    context = {"edition": edition, "entries": entries, "form": form, "conflicts": conflicts}
    return show(request, "reasons", context, here=_("Reasons"), status=CONFLICT if conflicts else None)
