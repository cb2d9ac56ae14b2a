"""The page on which one regional element is decided and adapted, and the notes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andock.kernel.permissions import Denied

from .. import desk_queries, rules
from ..desk_forms import NoteForm
from ..desk_sheet import name_of
from ..element_page import LocalPage
from ..services import notes
from ..services.storing import CannotChange, row_of
from ..services.wording import edit_wording
from .frame import CONFLICT, address, show, to_desk, typed_back, version_page

if TYPE_CHECKING:
    from ..models import ElementDecision, Version


@require_http_methods(["GET", "POST"])
@version_page
def element(request: HttpRequest, version: Version, element_id: Any) -> HttpResponse:
    """Decision, parameters, additions and wordings of one element."""
    try:
        row = row_of(version, str(element_id))
    except CannotChange as refused:
        return typed_back(request, version.strategy.organisation, str(refused)) or to_desk(version)
    if request.method == "GET":
        return _show(request, version, LocalPage(row))
    page = LocalPage(row, data=request.POST)
    if not page.form.is_valid():
        return _show(request, version, page, status=400)
    return _save(request, version, page)


def _save(request: HttpRequest, version: Version, page: LocalPage) -> HttpResponse:
    """A refusal lands on the form; what two people changed comes back with both wordings."""
    fields = page.form.submitted()
    name, _colon, field = request.POST.get("action", "").partition(":")
    if name == "theirs":
        fields.pop(field, None)
    identity = str(page.row.element_id)
    try:
        saved = edit_wording(actor=request.user, version=version, element=identity, fields=fields)
    except (CannotChange, Denied) as refused:
        page.form.add_error(None, str(refused))
        return _show(request, version, page, status=CONFLICT)
    if saved.conflicts:
        return _show(request, version, LocalPage(saved.row, conflicts=saved.conflicts), status=CONFLICT)
    if saved.written:
        messages.success(request, _("Saved."))
    return redirect(_address(version, page.row, "gespeichert=1"))


def _address(version: Version, row: ElementDecision, query: str = "") -> str:
    return address("element", version.strategy.organisation, row.element_id, query=query)


def _show(request: HttpRequest, version: Version, page: LocalPage, status: int | None = None) -> HttpResponse:
    rows = list(version.decisions.order_by("position"))
    place = [row.pk for row in rows].index(page.row.pk)
    if not (may_edit := rules.may_edit_version(request.user, version)):
        page.close()
    context = {
        "version": version,
        "row": page.row,
        "page": page,
        "name": name_of(page.row.base),
        "may_edit": may_edit,
        "before": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "notes": desk_queries.notes_on(version.strategy, page.row.element_id),
        "note_form": NoteForm(auto_id="note_%s"),
        "keep": f"{request.user.pk}/local/{version.pk}/{page.row.element_id}",
        "saved": request.method == "GET" and "gespeichert" in request.GET,
        "unsaved": request.method == "POST",
    }
    return show(request, "element", context, here=name_of(page.row.base), status=status)


@require_POST
@version_page
def note(request: HttpRequest, version: Version, element_id: Any) -> HttpResponse:
    """Leave a note for colleagues, or take one away."""
    strategy = version.strategy
    try:
        if request.POST.get("remove"):
            for found in desk_queries.notes_on(strategy, element_id).filter(pk=_number(request.POST["remove"])):
                notes.remove_note(actor=request.user, note=found)
        else:
            notes.leave_note(
                actor=request.user, strategy=strategy, identity=element_id, text=request.POST.get("text", "")
            )
    except CannotChange as refused:
        messages.error(request, str(refused))
    is_own = version.own_parts.filter(identity=element_id).exists()
    return redirect(address("own" if is_own else "element", strategy.organisation, element_id) + "#notizen")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
