"""Writing an event: its sections, questions, programme and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import ChoiceField, MultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andock.kernel.permissions import Denied

from .. import sections
from ..forms.event import SECTIONS, SectionForm
from ..forms.rows import ROWS, DocumentForm, Rows, step
from ..services import editing, parts
from ..services.desk import Unfit
from .desk_frame import CONFLICT, address, editing_page, put_problems, show, to

if TYPE_CHECKING:
    from andock.strategy.field_lock import Conflict

    from ..models import Event


@require_http_methods(["GET", "POST"])
@editing_page
def section(request: HttpRequest, event: Event, name: str) -> HttpResponse:
    """One section of an event in one form."""
    form = SECTIONS[name](request.POST or None, event=event, loaded=sections.read(event, name))
    if not form.is_valid():
        return _show_section(request, event, name, form, {})
    try:
        conflicts = editing.edit(
            actor=request.user, event=event, section=name, fields=form.submitted(), now=timezone.now(),
            is_told=bool(request.POST.get("tell")),
        )  # fmt: skip
    except (Unfit, Denied) as refused:
        put_problems(form, refused)
        return _show_section(request, event, name, form, {})
    if not conflicts:
        messages.success(request, _("Saved."))
        event.refresh_from_db(fields=["slug"])  # a draft's address follows its title
        return to(event)
    return _show_section(request, event, name, _disputed(event, name, conflicts), conflicts)


def _disputed(event: Event, name: str, conflicts: dict[str, Conflict]) -> SectionForm:
    """The form as it is saved now, with what was typed in the fields that somebody else changed too."""
    event.refresh_from_db()
    mine = {field: conflict.mine for field, conflict in conflicts.items()}
    return SECTIONS[name](event=event, loaded=sections.read(event, name), mine=mine)


def _show_section(
    request: HttpRequest, event: Event, name: str, form: SectionForm, conflicts: dict[str, Conflict]
) -> HttpResponse:
    rows = [(form[field], _theirs(form, field, conflicts)) for field in form.fields if not field.startswith("base_")]
    context = {
        "event": event, "form": form, "rows": rows, "conflicts": conflicts, "name": name, "heading": _HEADINGS[name](),
        "is_telling": event.is_public and name in editing.TOLD and not event.is_over(timezone.now()),
        "tell": request.method == "GET" or bool(request.POST.get("tell")),
    }  # fmt: skip
    status = CONFLICT if conflicts else 400 if form.errors else None
    return show(request, "section", context, here=_HEADINGS[name](), status=status)


def _theirs(form: SectionForm, name: str, conflicts: dict[str, Conflict]) -> str | None:
    """What somebody else saved meanwhile, as people read it; None where nobody did."""
    if name not in conflicts:
        return None
    value, field = conflicts[name].theirs, form.fields[name]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, ChoiceField | MultipleChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in chosen) or "–"
    return str(value) if value not in {None, ""} else "–"


_HEADINGS = {
    "what": lambda: _("What it is about"),
    "when": lambda: _("When"),
    "where": lambda: _("Where, accessibility, online room"),
    "about": lambda: _("Topics, passages, series"),
    "registration": lambda: _("Registration and reminders"),
    "questions": lambda: _("Your own questions"),
    "programme": lambda: _("Programme"),
}
_READ = {"questions": parts.questions_of, "programme": parts.programme_of}
_SAVE = {"questions": parts.edit_questions, "programme": parts.edit_programme}


@require_http_methods(["GET", "POST"])
@editing_page
def rows(request: HttpRequest, event: Event, name: str) -> HttpResponse:
    """Questions or programme: all rows in one form; each button saves, and moves or deletes one."""
    data = request.POST or None
    found = Rows(ROWS[name], _READ[name](event), data)
    if data is None or not found.is_valid():
        return _show_rows(request, event, name, found, None)
    wanted = found.submitted(step(request.POST.get("up", ""), request.POST.get("down", "")))
    try:
        conflict = _SAVE[name](actor=request.user, event=event, rows=wanted, now=timezone.now())
    except (Unfit, Denied) as refused:
        messages.error(request, str(refused))
        return _show_rows(request, event, name, found, None)
    if conflict:
        found.rebase(conflict.theirs)
        return _show_rows(request, event, name, found, conflict)
    messages.success(request, _("Saved."))
    return redirect(address(f"edit_{name}", event)) if _goes_on(request) else to(event)


def _goes_on(request: HttpRequest) -> bool:
    """Whether somebody arranges rows or adds another, and so stays on the page."""
    return any(request.POST.get(act) for act in ("up", "down", "delete", "more"))


def _show_rows(request: HttpRequest, event: Event, name: str, found: Rows, conflict: Conflict | None) -> HttpResponse:
    context = {"event": event, "rows": found, "name": name, "heading": _HEADINGS[name](), "conflict": conflict}
    failed = request.method == "POST"
    context["wrong"] = failed and not found.is_valid()
    status = CONFLICT if conflict else 400 if failed else None
    return show(request, "rows", context, here=_HEADINGS[name](), status=status)


@require_http_methods(["GET", "POST"])
@editing_page
def documents(request: HttpRequest, event: Event) -> HttpResponse:
    """What is there, and a form for one more."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            parts.add_document(actor=request.user, event=event, **form.cleaned_data)
        except (Unfit, Denied) as refused:
            put_problems(form, refused)
        else:
            messages.success(request, _("The document is there."))
            return to(event, "edit_documents")
    context: dict[str, Any] = {"event": event, "form": form, "documents": event.documents.all()}
    return show(request, "documents", context, here=_("Documents"), status=400 if form.errors else None)


@require_POST
@editing_page
def remove_document(request: HttpRequest, event: Event, document_id: int) -> HttpResponse:
    parts.remove_document(actor=request.user, event=event, document_id=document_id)
    messages.success(request, _("The document is deleted."))
    return to(event, "edit_documents")
