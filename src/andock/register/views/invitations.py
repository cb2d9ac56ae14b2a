"""The agency invites to dock, and the page the personal link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andock.accounts.services.invitations import AlreadyMember
from andock.kernel.permissions import Denied
from andock.organisations.queries import organisations
from andock.strategy.queries import newest_period
from andock.strategy.services.docking import CannotDock

from .. import queries, rules
from ..forms import ApproachForm, InterestForm, InviteForm
from ..letters import as_pdf, letter_of_invitation
from ..services import approaches
from .agency import own_framework

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict
    from andock.strategy.models import Framework

CONFLICT = 409


def approach(request: HttpRequest, slug: str) -> HttpResponse:
    """The notes on one municipality, and its links."""
    framework, organisation = own_framework(request), get_object_or_404(organisations(), slug=slug)
    found = queries.approach_of(organisation, framework)
    form = ApproachForm(request.POST if request.method == "POST" else None, loaded=approaches.notes_of(found))
    if form.is_valid():
        conflicts = _noted(request, form, organisation, framework)
        if not conflicts:
            messages.success(request, _("Saved."))
            return redirect("register:approach", slug)
        found = queries.approach_of(organisation, framework)
        form = ApproachForm(loaded=approaches.notes_of(found), conflicts=conflicts)
    now = timezone.now()
    context = {
        "organisation": organisation,
        "framework": framework,
        "period": newest_period(organisation, framework),
        "form": form,
        "links": [(link, link.is_open_at(now)) for link in queries.invitations_of(found)],
    }
    status = CONFLICT if form.conflicts else 400 if form.errors else 200
    return render(request, "register/approach.html", context, status=status)


def _noted(
    request: HttpRequest, form: ApproachForm, organisation: Organisation, framework: Framework
) -> dict[str, Conflict]:
    """Save; ``theirs:<field>`` lets go of one's own wording."""
    fields = form.submitted()
    fields.pop(request.POST.get("action", "").removeprefix("theirs:"), None)
    return approaches.keep_notes(actor=request.user, organisation=organisation, framework=framework, fields=fields)


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the personal link, and print the letter."""
    framework, organisation = own_framework(request), get_object_or_404(organisations(), slug=slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            approaches.invite(actor=request.user, organisation=organisation, framework=framework, **form.cleaned_data)
        except (AlreadyMember, CannotDock, Denied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The mail is on its way. Print the letter below if you send one, too."))
            return redirect("register:approach", slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "register/invite.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def letter(request: HttpRequest, link_id: int) -> HttpResponse:
    """The invitation on paper, with the same link as the mail."""
    own_framework(request)
    found = get_object_or_404(queries.invitations(), pk=link_id)
    token = approaches.token_of(found) if rules.may_answer(request.user, found) else None
    if token is None:
        messages.error(request, _("This link is no longer good. Invite anew, and print that letter."))
        return redirect("register:approach", found.approach.organisation.slug)
    name = f"einladung-{found.approach.organisation.slug}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_pdf(letter_of_invitation(found, token)), content_type="application/pdf", headers=headers)


@require_POST
def revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    own_framework(request)
    found = get_object_or_404(queries.invitations(), pk=link_id)
    approaches.revoke(actor=request.user, invitation=found)
    messages.success(request, _("The link no longer works."))
    return redirect("register:approach", found.approach.organisation.slug)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What docking means, for the person invited, who can say that there is interest."""
    found = approaches.invitation_for(token)
    if found is None:
        raise Http404
    verdict = rules.may_answer(request.user, found)
    if not verdict:
        return render(request, "register/invitation_closed.html", {"reason": verdict.reason}, status=403)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        approaches.show_interest(actor=request.user, invitation=found, **form.cleaned_data)
        return redirect("register:invitation", token)
    context = {
        "invitation": found,
        "organisation": found.approach.organisation,
        "framework": found.approach.framework,
        "form": form,
    }
    return render(request, "register/invitation.html", context, status=400 if form.errors else 200)
