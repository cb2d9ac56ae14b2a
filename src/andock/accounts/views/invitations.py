"""The page an invitation's link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from andock.kernel.permissions import Denied

from .. import queries, rules
from ..forms import ConsentForm, NewAccountForm
from ..services.invitations import accept_invitation, invitation_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the offer; a form accepts it, so that a mail scanner following the link does not."""
    found = invitation_for(token)
    if found is None:
        raise Http404
    verdict = rules.may_accept_invitation(request.user, found)
    if not verdict:
        context = {"reason": verdict.reason, "accepted": found.accepted_at}
        return render(request, "accounts/invitation_closed.html", context, status=403)
    has_account = request.user.is_authenticated or queries.has_account(found.email)
    form = (ConsentForm if has_account else NewAccountForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not (has_account and not request.user.is_authenticated) and form.is_valid():
        try:
            accept_invitation(actor=request.user, invitation=found, **form.account_data())
        except (Denied, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("Welcome. Your role in %s is set up.") % found.organisation)
            return redirect("accounts:start")
    page = {
        "invitation": found, "form": form, "has_account": has_account,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
    }  # fmt: skip
    return render(request, "accounts/invitation.html", page, status=400 if form.errors else 200)
