"""Pages on which elements are added, moved, split, joined, replaced, withdrawn and brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import queries
from ..forms import JoinForm, NewElementForm, PlaceForm, ReasonForm, ReplaceForm, SplitForm
from ..outline import outline
from ..services import structure, succession
from ..services.locking import CannotChange
from .editor import edition_page, element_page, show, to_edition

if TYPE_CHECKING:
    from ..models import Edition, ElementVersion


@require_http_methods(["GET", "POST"])
@edition_page
def add(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A new element; its text is written on its own page."""
    form = NewElementForm(
        request.POST or None, places=_places(edition), initial={"parent": request.GET.get("unter", "")}
    )
    made: list[ElementVersion] = []

    def act(values: dict[str, Any]) -> None:
        parent = UUID(values["parent"]) if values["parent"] else None
        made.append(
            structure.add_element(
                actor=request.user, edition=edition, title=values["title"], element_type=values["type"], parent=parent
            )
        )

    if _done(request, form, act, _("The element is there. Now write its text.")):
        return redirect("strategy:edit_element", edition.ordinal, made[0].element_id)
    return _ask(request, edition, None, form, title=_("New element"), button=_("Add the element"))


@require_http_methods(["GET", "POST"])
@element_page
def put(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """Move an element, with all below, to another place."""
    form = PlaceForm(
        request.POST or None, places=_places(edition, without=version), initial={"parent": str(version.parent_id or "")}
    )

    def act(values: dict[str, Any]) -> None:
        parent = UUID(values["parent"]) if values["parent"] else None
        structure.put_element(
            actor=request.user, edition=edition, element_id=version.element_id, parent=parent, reason=values["reason"]
        )

    if _done(request, form, act, _("The element stands in its new place.")):
        return _to_element(edition, version.element_id)
    lead = _("It goes to the end of the place you choose, with everything below it. Number and text stay as they are.")
    return _ask(request, edition, version, form, title=_("Move under …"), lead=lead, button=_("Move"))


@require_http_methods(["GET", "POST"])
@element_page
def split(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """Give some paragraphs to a new element."""
    if len(version.blocks) < 2:  # noqa: PLR2004  one for each side
        lead = _("The element has only one paragraph. Split the paragraph first, at a blank line.")
        return _ask(request, edition, version, None, title=_("Split the element"), lead=lead)
    form = SplitForm(request.POST or None, version=version, due=_is_known(edition, version))
    made: list[ElementVersion] = []

    def act(values: dict[str, Any]) -> None:
        made.append(
            succession.split_element(
                actor=request.user, edition=edition, element_id=version.element_id, blocks=values["blocks"],
                title=values["title"], reason=values["reason"],
            )
        )  # fmt: skip

    if _done(request, form, act, _("The element is split. The new one stands right after it.")):
        return _to_element(edition, made[0].element_id)
    lead = _("The paragraphs you choose go to a new element right after this one and keep their permanent reference.")
    return _ask(request, edition, version, form, title=_("Split the element"), lead=lead, button=_("Split the element"))


@require_http_methods(["GET", "POST"])
@element_page
def join(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """Take other elements into this one."""
    form = JoinForm(request.POST or None, due=_is_known(edition, version), others=_places(edition, without=version))

    def act(values: dict[str, Any]) -> None:
        succession.join_elements(
            actor=request.user, edition=edition, element_id=version.element_id,
            others=[UUID(other) for other in values["others"]], reason=values["reason"],
        )  # fmt: skip

    if _done(request, form, act, _("The elements are joined.")):
        return _to_element(edition, version.element_id)
    lead = _("Their paragraphs come after those of this element, what stands below them moves along.")
    return _ask(request, edition, version, form, title=_("Join elements"), lead=lead, button=_("Join the elements"))


@require_http_methods(["GET", "POST"])
@element_page
def replace(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """End an element and put a new one in its place."""
    form = ReplaceForm(request.POST or None, due=_is_known(edition, version))
    made: list[ElementVersion] = []

    def act(values: dict[str, Any]) -> None:
        made.append(
            succession.replace_element(
                actor=request.user, edition=edition, element_id=version.element_id, title=values["title"],
                reason=values["reason"], relation=values["relation"], keep_text=values["keep_text"],
            )
        )  # fmt: skip

    if _done(request, form, act, _("The new element stands in the place of the old one.")):
        return _to_element(edition, made[0].element_id)
    lead = _("The old element ends with the edition before; the new one gets a permanent reference of its own.")
    return _ask(
        request, edition, version, form, title=_("Replace the element"), lead=lead, button=_("Replace the element")
    )


@require_http_methods(["GET", "POST"])
@element_page
def withdraw(request: HttpRequest, edition: Edition, version: ElementVersion) -> HttpResponse:
    """Take an element out of the strategy, or out of the draft where nobody has read it yet."""
    is_new = not _is_known(edition, version)
    form = ReasonForm(request.POST or None, due=not is_new)
    if is_new:
        del form.fields["reason"]

    def act(values: dict[str, Any]) -> None:
        succession.withdraw_element(
            actor=request.user, edition=edition, element_id=version.element_id, reason=values.get("reason", "")
        )

    if _done(request, form, act, _("The element is out. What stood below it moved up one level.")):
        return to_edition(edition)
    if is_new:
        lead = _("Only this draft has this element. It goes for good, with its text. What stands below moves up.")
        title, button = _("Take out"), _("Take out for good")
    else:
        lead = _("The element ends with the edition before. What stands below moves up. You can bring it back later.")
        title, button = _("Withdraw"), _("Withdraw the element")
    return _ask(request, edition, version, form, title=title, lead=lead, button=button)


@require_http_methods(["GET", "POST"])
@edition_page
def missing(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Elements earlier editions had: bring one back, or say why it is gone."""
    form = ReasonForm(request.POST or None)

    def act(values: dict[str, Any]) -> None:
        name, _colon, identity = request.POST.get("action", "").partition(":")
        service = succession.withdraw_element if name == "explain" else succession.reinstate_element
        service(actor=request.user, edition=edition, element_id=_uuid(identity), reason=values["reason"])

    if _done(request, form, act, _("Done. The structure of the draft is up to date.")):
        return redirect("strategy:edit_missing", edition.ordinal)
    explained = set(edition.lineage.values_list("source", flat=True))
    before = queries.previous_edition(edition)
    rows = [
        (found, found.element_id not in explained and before is not None and found.edition_id == before.pk)
        for found in queries.elements_missing_from(edition)
    ]
    context = {"edition": edition, "rows": rows, "form": form}
    return show(request, "missing", context, here=_("Bring back"))


@require_http_methods(["GET", "POST"])
@edition_page
def numbers(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Count the labels afresh, after showing what would change."""
    if request.method == "POST":
        try:
            count = structure.renumber(
                actor=request.user, edition=edition, knowingly=bool(request.POST.get("knowingly"))
            )
        except CannotChange as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Numbers changed: %d.") % count)
            return to_edition(edition)
    titles, known = dict(edition.versions.values_list("element", "title")), structure.numbers_readers_know(edition)
    changes = [(titles[key], old, new, known.get(key)) for key, (old, new) in structure.new_numbers(edition).items()]
    context = {"edition": edition, "changes": changes, "known": [one for *_others, one in changes if one]}
    return show(request, "numbers", context, here=_("Renumber"))


# --- what these pages share -----------------------------------------------------------------------------------------
def _done(request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], None], success: str) -> bool:
    """Whether the form was sent, valid, and the act went through; a refusal lands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except CannotChange as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, success)
    return True


def _ask(
    request: HttpRequest,
    edition: Edition,
    version: ElementVersion | None,
    form: forms.Form | None,
    *,
    title: str,
    button: str = "",
    lead: str = "",
) -> HttpResponse:
    context = {
        "edition": edition, "version": version, "form": form, "title": title, "button": button, "lead_text": lead,
    }  # fmt: skip
    return show(request, "ask", context, here=title)


def _is_known(edition: Edition, version: ElementVersion) -> bool:
    """Whether readers know the element from the edition before."""
    return not succession.is_new(edition, version.element_id)


def _to_element(edition: Edition, element_id: UUID) -> HttpResponse:
    return redirect("strategy:edit_element", edition.ordinal, element_id)


def _places(edition: Edition, without: ElementVersion | None = None) -> list[tuple[str, str]]:
    """The elements as choices, indented as they are nested; without one and all below it."""
    found = [node for root in outline(edition.versions.order_by("position")) for node in root.walk()]
    banned: set[UUID] = set()
    choices = []
    for node in found:
        version = node.version
        if without and (version.element_id == without.element_id or version.parent_id in banned):
            banned.add(version.element_id)
            continue
        choices.append((str(version.element_id), "\u2003" * node.depth + str(version)))
    return choices


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CannotChange(_("Choose one of the elements below.")) from error
