"""From draft to edition: preview, what blocks publication, states, deletion, files in and out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import queries
from ..choices import EditionState
from ..exchange import InvalidDocument, dump, parse
from ..forms import ImportForm
from ..incoming import refuse_what_does_not_fit
from ..outline import outline
from ..publication import find_obstacles
from ..services import drafts as service
from ..services.editions import CannotPublish, DifferentContent
from ..services.locking import CannotChange
from .editor import CONFLICT, edition_page, framework_page, show, to_edition

if TYPE_CHECKING:
    from ..models import Edition, Framework


@require_safe
@edition_page
def preview(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The draft as readers will see it, for the agency's editors only."""
    versions = list(queries.versions_of(edition))
    since = {version.element_id: edition.label for version in versions} | queries.first_editions(edition)
    context = {
        "edition": edition,
        "outline": outline(versions, since),
        "signatories": queries.signatories_on(localdate(), edition.framework),
    }
    return show(request, "preview", context, here=_("Preview"))


@require_http_methods(["GET", "POST"])
@edition_page
def publish(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What still blocks publication; where nothing does, the last question."""
    today = localdate()
    if request.method == "POST" and request.POST.get("sure"):
        try:
            service.publish(actor=request.user, edition=edition, day=today)
        except CannotPublish:
            messages.error(request, _("The edition was not published. See below what is in the way."))
        except CannotChange as refused:
            messages.error(request, str(refused))
            return redirect("strategy:edit")
        else:
            return redirect("strategy:edition", edition.ordinal)
    elif request.method == "POST":
        messages.error(request, _("Tick the box first: what is published cannot be changed any more."))
    before = queries.previous_edition(edition)
    present = {str(found) for found in edition.versions.values_list("element", flat=True)}
    found = find_obstacles(
        queries.edition_document(before).edition if before else None, queries.edition_document(edition).edition
    )
    context = {
        "edition": edition,
        "in_force": queries.edition_in_force(),
        "obstacles": [(one, one.element in present) for one in found],
        "neighbours": service.neighbours_in_the_way(edition),
        "dates": service.date_in_the_way(edition, today),
        "signatories": queries.signatories_on(today, edition.framework),
        "today": today,
    }
    return show(request, "publish", context, here=_("Publish"))


@require_POST
@edition_page
def state(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Into consultation, or back to draft."""
    try:
        if request.POST.get("to") == EditionState.CONSULTATION:
            service.open_consultation(actor=request.user, edition=edition)
            messages.success(request, _("Everyone can read the text now. You can still change it."))
        else:
            service.back_to_draft(actor=request.user, edition=edition)
            messages.success(request, _("The text is a draft again; only the agency's editors see it."))
    except CannotChange as refused:
        messages.error(request, str(refused))
    return to_edition(edition)


@require_http_methods(["GET", "POST"])
@edition_page
def delete(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Delete a draft, after asking."""
    if request.method == "POST":
        try:
            service.delete_draft(actor=request.user, edition=edition)
        except CannotChange as refused:
            messages.error(request, str(refused))
            return to_edition(edition)
        messages.success(request, _("The draft is deleted."))
        return redirect("strategy:edit")
    context = {"edition": edition, "count": edition.versions.count(), "kept": service.why_kept(edition)}
    return show(request, "delete", context, here=_("Delete"))


@require_safe
@edition_page
def export(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The draft in the exchange format."""
    text = json.dumps(dump(queries.edition_document(edition)), ensure_ascii=False, indent=2)
    name = f"{edition.framework.slug}-{edition.ordinal}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@framework_page
def import_edition(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Read an edition from a file; it becomes a draft."""
    form = ImportForm(request.POST or None, request.FILES or None)
    problems: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            document = parse(form.cleaned_data["file"])
            refuse_what_does_not_fit(document, framework.slug)
            edition = service.import_draft(
                actor=request.user, framework=framework, document=document, replacing=form.cleaned_data["replacing"]
            )
        except InvalidDocument as invalid:
            problems = invalid.problems
        except (CannotChange, DifferentContent) as refused:
            form.add_error(None, str(refused))
        else:
            return _imported(request, edition)
    context: dict[str, Any] = {"framework": framework, "form": form, "problems": problems}
    status = CONFLICT if problems or form.errors else None
    return show(request, "import", context, here=_("Import"), status=status)


def _imported(request: HttpRequest, edition: Edition) -> HttpResponse:
    if edition.is_frozen:
        messages.info(request, _("%s is already here and reads the same. Nothing was changed.") % edition.label)
        return redirect("strategy:edit")
    messages.success(request, _("The file was imported as a draft."))
    return to_edition(edition)
