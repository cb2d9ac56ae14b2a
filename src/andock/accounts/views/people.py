"""The people of an organisation: who may do what, since when, who invites and who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from andock.kernel.permissions import Denied

from .. import queries, rules
from ..forms import DeputyForm, EndForm, InvitationForm, RoleForm
from ..services import invitations, memberships

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ..models import Membership


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """My organisations, and what I can do there."""
    context = {
        "organisations": queries.organisations_of(request.user, timezone.localdate()),
        "is_agency_editor": queries.is_agency_editor(request.user),
    }
    return render(request, "accounts/start.html", context)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works for an organisation."""
    organisation = get_object_or_404(queries.organisations_visible_to(request.user), slug=slug)
    rules.may_see_people(request.user, organisation).demand()
    today = timezone.localdate()
    context = {
        "organisation": organisation,
        "memberships": [
            (membership, _verdicts(request, membership)) for membership in queries.memberships_in(organisation, today)
        ],
        "past": queries.past_memberships_in(organisation, today)[:50],
        "invitations": queries.open_invitations_to(organisation, timezone.now()),
        "may_manage": rules.may_manage_people(request.user, organisation),
    }
    return render(request, "accounts/people.html", context)


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    organisation = get_object_or_404(queries.organisations_visible_to(request.user), slug=slug)
    rules.may_manage_people(request.user, organisation).demand()
    form = InvitationForm(request.POST if request.method == "POST" else None, roles=rules.roles_for(organisation))
    if form.is_valid():
        try:
            invitations.invite(actor=request.user, organisation=organisation, **form.cleaned_data)
        except (invitations.AlreadyMember, Denied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The invitation is on its way to %s.") % form.cleaned_data["email"])
            return redirect("accounts:people", organisation.slug)
    return _form_page(request, "accounts/invite.html", form, organisation=organisation)


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=invitation_id)
    invitations.revoke(actor=request.user, invitation=invitation)
    messages.success(request, _("The invitation to %s is revoked; its link no longer works.") % invitation.email)
    return redirect("accounts:people", invitation.organisation.slug)


def change_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=membership_id)
    rules.may_manage_people(request.user, membership.organisation).demand()
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        roles=rules.roles_for(membership.organisation),
        initial={"role": membership.role},
    )
    if form.is_valid() and _done(form, memberships.change_role, actor=request.user, membership=membership):
        return _back(request, membership, _("The role is changed."))
    return _form_page(request, "accounts/change_role.html", form, membership=membership)


def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a membership: somebody else's, or one's own."""
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=membership_id)
    own = membership.user_id == request.user.pk
    if not own:
        rules.may_manage_people(request.user, membership.organisation).demand()
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, memberships.end_membership, actor=request.user, membership=membership):
        return _back(request, membership, _("The end of the membership is noted."))
    return _form_page(request, "accounts/end.html", form, membership=membership, own=own)


def name_deputy(request: HttpRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=membership_id)
    rules.may_name_deputy(request.user, membership).demand()
    form = DeputyForm(
        request.POST if request.method == "POST" else None,
        colleagues=queries.colleagues_of(membership, timezone.localdate()),
    )
    if form.is_valid() and _done(form, memberships.name_deputy, actor=request.user, membership=membership):
        return _back(request, membership, _("The deputy is named."))
    return _form_page(request, "accounts/name_deputy.html", form, membership=membership)


@require_safe
def without_releaser(request: HttpRequest) -> HttpResponse:
    """Organisations for which nobody may release."""
    rules.may_see_organisations_without_releaser(request.user).demand()
    context = {"organisations": queries.organisations_without_releaser(timezone.localdate())}
    return render(request, "accounts/without_releaser.html", context)


def _verdicts(request: HttpRequest, membership: Membership) -> dict[str, object]:
    """What the person looking may do with this membership, for the links beside it."""
    return {
        "change": rules.may_manage_people(request.user, membership.organisation),
        "end": rules.may_end_membership(request.user, membership),
        "deputy": rules.may_name_deputy(request.user, membership),
        "own": membership.user_id == request.user.pk,
    }


def _done(form: Form, service: Callable[..., object], **given: object) -> bool:
    """Call the service with the form's values; a refusal lands on the form."""
    try:
        service(**given, **form.cleaned_data)
    except Denied as error:
        form.add_error(None, str(error))
        return False
    return True


def _back(request: HttpRequest, membership: Membership, message: str) -> HttpResponse:
    messages.success(request, message)
    if rules.may_see_people(_fresh(request), membership.organisation):
        return redirect("accounts:people", membership.organisation.slug)
    return redirect("accounts:start")


def _fresh(request: HttpRequest) -> object:
    """The acting person with the memberships as they are after the change."""
    request.user.refresh_from_db()
    return request.user


def _form_page(request: HttpRequest, template: str, form: Form, **context: object) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
