"""Groups of one organisation: its own and those it can join, a new one, what stands on a group's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.kernel.permissions import Denied
from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..forms.group import GroupForm
from ..services import groups as service
from ..services.offices import ChangedMeanwhile
from ..words import words
from .frame import Crumb, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Group

CONFLICT = 409


@require_safe
@desk_of(rules.may_see_groups_desk)
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where it takes part, and where it could."""
    found = list(queries.groups_seen_by(organisation))
    context = {
        "organisation": organisation, "words": words(), "own": [group for group in found if group.is_own],
        "others": [group for group in found if not group.is_own], "may": rules.may_found_group(request.user, organisation),
    }  # fmt: skip
    return show(request, "group_desk", context, here=_("Groups of %s") % organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_found_group)
def found(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new group."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = _values(form)
        made = service.found(
            actor=request.user, organisation=organisation, now=timezone.now(), today=timezone.localdate(), **values
        )
        messages.success(request, _("The group is there. Tell others: their editors and releasers can join."))
        return redirect("colleagues:board", organisation.slug, made.slug)
    return _form_page(request, organisation, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_see_groups_desk)
def edit(request: HttpRequest, organisation: Organisation, group: str) -> HttpResponse:
    """What stands on the public page."""
    made = group_or_404(group)
    rules.may_keep_group(request.user, made).demand()
    form = GroupForm(request.POST if request.method == "POST" else None, initial=_initial(made))
    if not form.is_valid():
        return _form_page(request, organisation, form, made)
    try:
        service.change(
            actor=request.user, group=made, seen=form.cleaned_data["seen"], now=timezone.now(), **_values(form)
        )
    except ChangedMeanwhile as conflict:
        form.data = {**request.POST.dict(), "seen": conflict.present.changed_at.isoformat()}
        form.data["terms"] = request.POST.getlist("terms")
        form.add_error(None, str(conflict))
        return _form_page(request, organisation, form, made, present=conflict.present, status=CONFLICT)
    messages.success(request, _("Saved. Everybody can see it now."))
    return redirect("colleagues:edit_group", organisation.slug, made.slug)


@require_POST
@desk_of(rules.may_see_groups_desk)
def join(request: HttpRequest, organisation: Organisation, group: str) -> HttpResponse:
    told = _("%s takes part from today on.") % organisation
    return _done(request, organisation, group, service.join, told=told, there="colleagues:board")


@require_POST
@desk_of(rules.may_see_groups_desk)
def leave(request: HttpRequest, organisation: Organisation, group: str) -> HttpResponse:
    told = _("%s takes part no more. What it has written stays with the others.") % organisation
    return _done(request, organisation, group, service.leave, told=told, there="colleagues:group_desk")


def _done(
    request: HttpRequest, organisation: Organisation, slug: str, act: Callable[..., Any], *, told: str, there: str
) -> HttpResponse:
    group = group_or_404(slug)
    try:
        act(actor=request.user, group=group, organisation=organisation, today=timezone.localdate())
    except Denied as refused:
        messages.warning(request, str(refused))
        return redirect("colleagues:group_desk", organisation.slug)
    messages.success(request, told)
    above = [] if there == "colleagues:group_desk" else [group.slug]
    return redirect(there, organisation.slug, *above)


def group_or_404(slug: str) -> Group:
    found = queries.group_at(slug)
    if found is None:
        raise Http404
    return found


def way_to_groups(organisation: Organisation) -> Crumb:
    return _("Groups of %s") % organisation, reverse("colleagues:group_desk", args=[organisation.slug])


def _values(form: GroupForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


def _initial(group: Group) -> dict[str, Any]:
    return {
        "seen": group.changed_at.isoformat(), "title": group.title, "summary": group.summary, "text": group.text,
        "events": queries.meeting_slugs(group), "terms": [term.key for term in group.terms.all()],
    }  # fmt: skip


def _form_page(
    request: HttpRequest, organisation: Organisation, form: GroupForm, group: Group | None, *,
    present: Group | None = None, status: int | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "organisation": organisation, "form": form, "group": group, "present": present, "words": words(),
        "meetings": queries.meeting_slugs(present) if present else [],
    }  # fmt: skip
    here = group.title if group else _("New group")
    return show(
        request, "edit_group", context, way_to_groups(organisation), here=here,
        status=status or (400 if form.errors else None),
    )  # fmt: skip
