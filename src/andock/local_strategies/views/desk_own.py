"""Elements only this municipality has: add, edit, map, take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andock.kernel.permissions import Denied

from .. import desk_queries
from ..desk_forms import NoteForm, OwnForm, RelationForm
from ..desk_sheet import name_of
from ..places import Places
from ..services import own as service
from ..services.own import OwnText
from ..services.storing import CannotChange
from .frame import CONFLICT, address, show, to_desk, writing_page

if TYPE_CHECKING:
    from ..models import OwnPart, Version


@require_http_methods(["GET", "POST"])
@writing_page
def add(request: HttpRequest, version: Version) -> HttpResponse:
    """A new own element, after or below another."""
    places = Places(version)
    start = {"place": places.after(request.GET.get("nach", "")), "type": "measure"}
    form = _form(request, places, start)
    if form.is_valid():
        try:
            part = service.add_own(actor=request.user, version=version, own=_typed(form, places))
        except (CannotChange, Denied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The element is there."))
            return redirect(
                address("desk", version.strategy.organisation, query="gespeichert=1") + f"#z-{part.identity}"
            )
    return _show(request, version, form, None)


@require_http_methods(["GET", "POST"])
@writing_page
def edit(request: HttpRequest, version: Version, element_id: Any) -> HttpResponse:
    """Rewrite an own element, move it, map it."""
    try:
        part = service.part_of(version, element_id)
    except CannotChange as refused:
        return _gone(request, version) if request.method == "GET" else _add_again(request, version, str(refused))
    places = Places(version, without=str(element_id))
    form = _form(request, places, _values(part, places))
    if form.is_valid():
        try:
            service.edit_own(
                actor=request.user, version=version, identity=element_id, own=_typed(form, places),
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        except (CannotChange, Denied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(address("own", version.strategy.organisation, element_id, query="gespeichert=1"))
    return _show(request, version, form, part)


def _gone(request: HttpRequest, version: Version) -> HttpResponse:
    messages.info(request, _("This element is no longer in the draft."))
    return to_desk(version)


def _add_again(request: HttpRequest, version: Version, told: str) -> HttpResponse:
    """Somebody has taken out what somebody else was writing: the text stands in the form of a new element."""
    form = _form(request, Places(version), {})
    form.add_error(None, told)
    return _show(request, version, form, None)


def _form(request: HttpRequest, places: Places, initial: dict[str, Any]) -> OwnForm:
    data = request.POST if request.method == "POST" else None
    return OwnForm(data, places=places.choices, regional=places.regional, initial=initial)


def _values(part: OwnPart, places: Places) -> dict[str, Any]:
    return {
        "title": part.content["title"], "text": service.text_of(part), "type": part.content["type"],
        "place": places.place_of(part), "serves": str(part.serves_id or ""), "relation": part.relation,
    }  # fmt: skip


def _typed(form: OwnForm, places: Places) -> OwnText:
    found = form.cleaned_data
    parent, after = places.target(found["place"])
    return OwnText(
        found["title"], found["text"], type=found["type"], parent=parent, after=after, serves=found["serves"],
        relation=found["relation"] or "none",
    )  # fmt: skip


def _show(request: HttpRequest, version: Version, form: OwnForm, part: OwnPart | None) -> HttpResponse:
    name = name_of(part.content) if part else _("New own element")
    context = {
        "version": version, "form": form, "part": part, "name": name, "note_form": NoteForm(auto_id="note_%s"),
        "notes": desk_queries.notes_on(version.strategy, part.identity) if part else (),
        "seen": service.mark_of(part) if part else "",
        "is_disputed": bool(part and form.is_bound and request.POST.get("seen", "") != service.mark_of(part)),
        "theirs": service.text_of(part) if part else "",
        "keep": f"{request.user.pk}/local/{version.pk}/{part.identity if part else 'new'}",
        "saved": request.method == "GET" and "gespeichert" in request.GET,
        "unsaved": request.method == "POST",
    }  # fmt: skip
    return show(request, "own", context, here=name, status=CONFLICT if form.errors else None)


@require_http_methods(["GET", "POST"])
@writing_page
def remove(request: HttpRequest, version: Version, element_id: Any) -> HttpResponse:
    """Take an own element out, after asking."""
    part = version.own_parts.filter(identity=element_id).first()
    if part is None:
        return _gone(request, version)
    if request.method == "POST":
        try:
            service.remove_own(actor=request.user, version=version, identity=element_id)
        except (CannotChange, Denied) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The element is out."))
        return to_desk(version)
    context = {"version": version, "part": part, "name": name_of(part.content)}
    return show(request, "remove_own", context, here=_("Take out"))


@require_http_methods(["GET", "POST"])
@writing_page
def relate(request: HttpRequest, version: Version) -> HttpResponse:
    """All own elements with the regional ones they belong to, in one form."""
    regional = Places(version).regional
    data = request.POST if request.method == "POST" else None
    rows = [
        (part, RelationForm(data, regional=regional, prefix=str(part.identity), initial=_relation(part)))
        for part in version.own_parts.order_by("position")
    ]
    if data is not None and all([form.is_valid() for _part, form in rows]):  # noqa: C419  every form shall tell its errors
        wanted = {
            str(part.identity): (form.cleaned_data["serves"], form.cleaned_data["relation"])
            for part, form in rows
            if form.has_changed()
        }
        try:
            service.relate_own(actor=request.user, version=version, wanted=wanted)
        except (CannotChange, Denied) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Saved."))
            return to_desk(version, "zeige=eigene")
    is_wrong = any(form.errors for _part, form in rows)
    return show(request, "relate", {"version": version, "rows": rows, "is_wrong": is_wrong}, here=_("Map own elements"))


def _relation(part: OwnPart) -> dict[str, str]:
    return {"serves": str(part.serves_id or ""), "relation": part.relation}
