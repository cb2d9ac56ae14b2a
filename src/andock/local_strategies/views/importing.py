"""A strategy that already exists: read it, look at what would come, take it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied

from ..desk_forms import OutlineForm, SourceForm
from ..existing import before_first, outlined
from ..services.importing import MOST_LETTERS, import_own, read_outline
from ..services.storing import CannotChange
from ..word_file import read_word
from .frame import show, to_desk, writing_page

if TYPE_CHECKING:
    from ..models import Version


@require_http_methods(["GET", "POST"])
@writing_page
def read(request: HttpRequest, version: Version) -> HttpResponse:
    """File or pasted text; then the outline, which can be put right; then everything is taken over at once."""
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == "take":
        return _take(request, version)
    if action == "look":
        return _look(request, version, OutlineForm(request.POST))
    form = SourceForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if not form.is_valid():
        return _ask(request, version, form)
    try:
        outline = _outline(form)
        read_outline(outline)
    except (ValidationError, CannotChange) as refused:
        name = "file" if form.cleaned_data.get("file") else "text"
        form.add_error(name, refused if isinstance(refused, ValidationError) else str(refused))
        return _ask(request, version, form)
    return _look(request, version, OutlineForm({"text": outline}))


def _outline(form: SourceForm) -> str:
    if form.cleaned_data["file"]:
        return read_word(form.cleaned_data["file"])
    text = form.cleaned_data["text"]
    return outlined(text) if len(text) <= MOST_LETTERS else text


def _ask(request: HttpRequest, version: Version, form: SourceForm) -> HttpResponse:
    context = {"version": version, "form": form, "keep": kept_under(request, version)}
    return show(request, "import", context, here=_("Import"), status=400 if form.errors else None)


def _look(request: HttpRequest, version: Version, form: OutlineForm) -> HttpResponse:
    """What would come, element by element; a refusal stands on the form."""
    found = []
    if form.is_valid():
        try:
            found = read_outline(form.cleaned_data["text"])
        except CannotChange as refused:
            form.add_error("text", str(refused))
    context = {
        "version": version, "form": form, "found": found, "keep": kept_under(request, version),
        "left_out": before_first(form.cleaned_data.get("text", "")) if found else "",
    }  # fmt: skip
    return show(request, "import_look", context, here=_("Import"), status=400 if form.errors else None)


def _take(request: HttpRequest, version: Version) -> HttpResponse:
    form = OutlineForm(request.POST)
    if not form.is_valid():
        return _look(request, version, form)
    try:
        parts = import_own(actor=request.user, version=version, text=form.cleaned_data["text"])
    except (CannotChange, Denied) as refused:
        form.add_error("text", str(refused))
        return _look(request, version, form)
    told = ngettext("One own element was taken over.", "%(number)d own elements were taken over.", len(parts))
    messages.success(request, told % {"number": len(parts)})
    return to_desk(version, "zeige=eigene&eingelesen=1")


def kept_under(request: HttpRequest, version: Version) -> str:
    """Under which name the browser keeps what is pasted or put right, until it is taken over."""
    return f"{request.user.pk}/local/{version.pk}/import"
