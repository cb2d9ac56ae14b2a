"""The desk of an organisation's guides: all of them, a new one, the screen on which one is written, what readers say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.kernel.permissions import Denied

from .. import guide_sheet, queries, rules
from ..forms.guide import FIELDS, FOLDED, BeginForm, FileForm, GuideForm
from ..services import feedback as feedback_service
from ..services import guides as service
from ..services.desk import Unfit
from .desk_frame import CONFLICT, guide_desk, guide_page, put_problems, refused, show, theirs, to

if TYPE_CHECKING:
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Guide


@require_safe
@guide_desk
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Drafts, published and archived guides, each with how often it helped."""
    found = list(queries.desk_guides(organisation))
    context = {"organisation": organisation} | {
        name: [guide for guide in found if guide.publication == name] for name in ("draft", "published", "archived")
    }
    return show(request, "guides", context)


@require_http_methods(["GET", "POST"])
@guide_desk
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new draft: a title."""
    form = BeginForm(request.POST or None)
    if form.is_valid():
        made = service.begin(actor=request.user, organisation=organisation, title=form.cleaned_data["title"])
        messages.success(request, _("The guide is there, as a draft. Write its steps, or say where its text lies."))
        return to(made)
    context = {"organisation": organisation, "form": form}
    return show(request, "begin_guide", context, here=_("New guide"), status=400 if form.errors else None)


@require_http_methods(["GET", "POST"])
@guide_page
def edit(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The whole guide on one screen."""
    form = GuideForm(request.POST or None, loaded=guide_sheet.read(guide))
    if not form.is_valid():
        return _show(request, guide, form, {})
    try:
        conflicts = service.edit(actor=request.user, guide=guide, fields=form.submitted(), now=timezone.now())
    except (Unfit, Denied) as no:
        put_problems(form, no)
        return _show(request, guide, form, {})
    if conflicts:
        return _show(request, guide, _disputed(guide, conflicts), conflicts)
    messages.success(request, _("Saved."))
    return to(guide)


def _disputed(guide: Guide, conflicts: dict[str, Conflict]) -> GuideForm:
    """The form as it is saved now, with what was typed in the fields that somebody else changed too."""
    found = queries.own_guide(guide.organisation, guide.slug) or guide
    mine = {field: conflict.mine for field, conflict in conflicts.items()}
    return GuideForm(loaded=guide_sheet.read(found), mine=mine)


def _show(request: HttpRequest, guide: Guide, form: GuideForm, conflicts: dict[str, Conflict]) -> HttpResponse:
    context = {
        "guide": guide, "form": form, "conflicts": conflicts, "counts": queries.feedback_counts(guide),
        "rows": [(form[name], theirs(form, name, conflicts)) for name in FIELDS],
        "folded": [(form[name], theirs(form, name, conflicts)) for name in FOLDED],
        "may": {
            "edit": rules.may_edit_guide(request.user, guide), "publish": rules.may_publish_guide(request.user, guide),
            "archive": rules.may_archive_guide(request.user, guide), "delete": rules.may_delete_guide(request.user, guide),
        },
    }  # fmt: skip
    return show(request, "guide", context, status=CONFLICT if conflicts else 400 if form.errors else None)


@require_POST
@guide_page
def publish(request: HttpRequest, guide: Guide) -> HttpResponse:
    return _done(request, guide, service.publish, pgettext("guide", "Published. Everybody can see it now."))


@require_POST
@guide_page
def archive(request: HttpRequest, guide: Guide) -> HttpResponse:
    return _done(request, guide, service.archive, _("Archived. It is in no list any more; its address stays."))


def _done(request: HttpRequest, guide: Guide, act: Callable[..., Any], told: str) -> HttpResponse:
    try:
        act(actor=request.user, guide=guide, now=timezone.now())
    except (Unfit, Denied) as no:
        return refused(request, guide, no)
    messages.success(request, told)
    return to(guide)


@require_http_methods(["GET", "POST"])
@guide_page
def delete(request: HttpRequest, guide: Guide) -> HttpResponse:
    """A draft goes for good."""
    verdict = rules.may_delete_guide(request.user, guide)
    if not verdict:
        return refused(request, guide, verdict.reason)
    if request.method != "POST":
        return show(request, "delete_guide", {"guide": guide}, here=_("Delete the draft"))
    try:
        service.delete(actor=request.user, guide=guide)
    except Unfit as unfit:
        messages.warning(request, str(unfit))
    else:
        messages.success(request, _("The draft is deleted."))
    return redirect("knowledge:guide_desk", guide.organisation.slug)


@require_http_methods(["GET", "POST"])
@guide_page
def files(request: HttpRequest, guide: Guide) -> HttpResponse:
    """What is there, and a form for one more."""
    verdict = rules.may_edit_guide(request.user, guide)
    if not verdict:
        return refused(request, guide, verdict.reason)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            service.add_file(actor=request.user, guide=guide, **form.cleaned_data)
        except (Unfit, Denied) as no:
            put_problems(form, no)
        else:
            messages.success(request, _("The document is there."))
            return to(guide, "documents_of")
    context = {"guide": guide, "form": form, "files": guide.files.all()}
    return show(request, "guide_files", context, here=_("Files"), status=400 if form.errors else None)


@require_POST
@guide_page
def remove_file(request: HttpRequest, guide: Guide, document_id: int) -> HttpResponse:
    try:
        service.remove_file(actor=request.user, guide=guide, document_id=document_id)
    except (Unfit, Denied) as no:
        return refused(request, guide, no)
    messages.success(request, _("The document is deleted."))
    return to(guide, "documents_of")


@require_safe
@guide_page
def feedback(request: HttpRequest, guide: Guide) -> HttpResponse:
    """What readers said, the latest first."""
    context = {"guide": guide, "entries": queries.feedback_of(guide), "counts": queries.feedback_counts(guide)}
    return show(request, "guide_feedback", context, here=_("Feedback"))


@require_POST
@guide_page
def delete_feedback(request: HttpRequest, guide: Guide, feedback_id: int) -> HttpResponse:
    """What should not have been written, or is done."""
    found = queries.feedback_of(guide).filter(pk=feedback_id).first()
    if found is None:
        raise Http404
    feedback_service.delete(actor=request.user, feedback=found)
    messages.success(request, _("The feedback is deleted."))
    return to(guide, "feedback_of")
