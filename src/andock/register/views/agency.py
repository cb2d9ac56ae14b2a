"""The agency's side: what was handed in, confirm or ask back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andock.strategy.queries import newest_period, the_framework
from andock.strategy.services.docking import CannotDock

from .. import queries, rules
from ..forms import QuestionForm
from ..funnel import funnel
from ..services import declarations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.strategy.models import Framework

    from ..models import Declaration


def own_framework(request: HttpRequest) -> Framework:
    """The framework, for those who keep its register. Raises ``Denied``."""
    framework = the_framework()
    if framework is None:
        raise Http404
    rules.may_see_procedure(request.user, framework).demand()
    return framework


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for the agency, and how far every municipality is."""
    framework = own_framework(request)
    today = localdate()
    stages = funnel(framework, today)
    waiting = queries.waiting_declarations(framework)
    context = {"framework": framework, "waiting": waiting, "stages": stages, "today": today}
    return render(request, "register/overview.html", context)


def review(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """One declaration: its evidence, and the decision."""
    own_framework(request)
    declaration = get_object_or_404(queries.declarations(), pk=declaration_id)
    asks = request.method == "POST" and request.POST.get("act") == "ask_back"
    form = QuestionForm(request.POST if asks else None)
    if request.method == "POST" and _decided(request, declaration, form):
        return redirect("register:overview")
    context = {
        "declaration": declaration,
        "organisation": declaration.organisation,
        "period": newest_period(declaration.organisation, declaration.framework),
        "may_decide": rules.may_decide(request.user, declaration),
        "form": form,
    }
    return render(request, "register/review.html", context, status=400 if form.errors else 200)


def _decided(request: HttpRequest, declaration: Declaration, form: QuestionForm) -> bool:
    """Whether one of the two buttons did its work."""
    name = declaration.organisation
    if not form.is_bound:
        try:
            declarations.confirm(actor=request.user, declaration=declaration)
        except CannotDock as error:
            messages.error(request, str(error))
            return False
        messages.success(request, _("Confirmed. %s stands in the register now.") % name)
        return True
    if form.is_valid():
        declarations.ask_back(actor=request.user, declaration=declaration, **form.cleaned_data)
        messages.success(request, _("Your question is on its way to %s.") % name)
        return True
    return False
