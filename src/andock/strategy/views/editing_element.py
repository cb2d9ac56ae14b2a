"""The page on which one element is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..element_page import ElementPage
from ..services.editing import BlockStep, Saved, Submission, edit_element, element_fields
from ..services.locking import CannotChange
from .editor import CONFLICT, element_page, show

if TYPE_CHECKING:
    from ..models import Edition, ElementVersion

STEPS = {"up", "down", "split"}


@require_http_methods(["GET", "POST"])
@element_page
def element(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """Fields and blocks of one element."""
    loaded = element_fields(version)
    if request.method == "GET":
        return _show(request, edition, version, ElementPage(loaded, focus=request.GET.get("absatz", "")))
    page = ElementPage(loaded, data=request.POST)
    if not page.is_valid():
        return _show(request, edition, version, page)
    submission = _submission(page, request.POST.get("action", ""))
    try:
        saved = edit_element(actor=request.user, edition=edition, element_id=version.element_id, submission=submission)
    except CannotChange as refused:
        messages.error(request, str(refused))
        return _show(request, edition, version, page, status=CONFLICT)
    if saved.conflicts:
        return _show_both(request, edition, saved, submission)
    if saved.written:
        messages.success(request, _("Saved."))
    return redirect(_address(edition, version, saved.block))


def _submission(page: ElementPage, action: str) -> Submission:
    """What to save and which step to take after it; ``theirs:<field>`` lets go of one's own wording."""
    name, _colon, rest = action.partition(":")
    fields = page.submitted()
    step = None
    if name == "theirs":
        fields = {field: value for field, value in fields.items() if not field.startswith(rest)}
    elif name == "add":
        step = BlockStep("add", kind=rest)
    elif name in STEPS:
        step = BlockStep(name, rest)
    return Submission(fields, deleted=page.deleted(), step=step)


def _address(edition: Edition, version: ElementVersion, block: str) -> str:
    address = reverse("strategy:edit_element", args=[edition.ordinal, version.element_id])
    return f"{address}?gespeichert=1" + (f"&absatz={block}" if block else "")


def _show_both(request: HttpRequest, edition: Edition, saved: Saved, submission: Submission) -> HttpResponse:
    """The page once more, with the author's own wording in the fields and the saved one beside it."""
    loaded = element_fields(saved.version)
    page = ElementPage(loaded, submission=submission, conflicts=saved.conflicts)
    return _show(request, edition, saved.version, page, status=CONFLICT)


def _show(
    request: HttpRequest, edition: Edition, version: ElementVersion, page: ElementPage, status: int | None = None
) -> HttpResponse:
    context = {
        "edition": edition,
        "version": version,
        "page": page,
        "keep": f"{request.user.pk}/{edition.pk}/{version.element_id}",
        "saved": request.method == "GET" and "gespeichert" in request.GET,
        "unsaved": request.method == "POST",
    }
    return show(request, "element", context, status=status)
