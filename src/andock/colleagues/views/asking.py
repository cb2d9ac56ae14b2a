"""A new question to the owner of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.accounts.queries import agency, organisations_of, people_of
from andock.kernel.permissions import Denied
from andock.knowledge.queries import published_solutions
from andock.knowledge.rules import KEEPERS
from andock.organisations.queries import profile_of

from .. import queries, rules
from ..forms.enquiry import AskForm
from ..owners import office_of
from ..services import enquiries as service
from .frame import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from andock.accounts.models import User
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, solution: str) -> HttpResponse:
    """The question, in the name of one of one's organisations; or why nobody would read it."""
    found = published_solutions().filter(slug=solution).first()
    if found is None:
        raise Http404
    rules.may_ask_others(request.user).demand()
    office = office_of(found)
    asking = [organisation for organisation in _own(request.user) if organisation != office]
    if not asking:
        rules.may_ask(request.user, found, office).demand()
    if request.method != "POST" and not people_of(office, KEEPERS).exists():
        return _page(request, found, None)
    form = AskForm(request.POST if request.method == "POST" else None, organisations=asking)
    if form.is_valid() and (answer := _sent(request, found, form, asking)):
        return answer
    return _page(request, found, form, asking)


def _own(person: User) -> list[Organisation]:
    """The organisations somebody writes for."""
    held = organisations_of(person, timezone.localdate())
    return [found for found, _roles in held if rules.may_keep_enquiries(person, found)]


def _sent(
    request: HttpRequest, solution: Solution, form: AskForm, asking: Sequence[Organisation]
) -> HttpResponse | None:
    """The way to the thread; nothing where it was refused, with the reason in the form."""
    values = form.cleaned_data
    by_slug = {found.slug: found for found in asking}
    organisation = by_slug[values.get("organisation", asking[0].slug)]
    try:
        enquiry = service.ask(
            actor=request.user, solution=solution, organisation=organisation, text=values["text"], key=values["key"],
            now=timezone.now(),
        )  # fmt: skip
    except (service.Unfit, Denied) as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Sent to %s. You get a mail when there is an answer.") % enquiry.owner)
    return redirect("colleagues:enquiry", organisation.slug, enquiry.pk)


def _page(
    request: HttpRequest, solution: Solution, form: AskForm | None, asking: Sequence[Organisation] = ()
) -> HttpResponse:
    office, helper = office_of(solution), agency()
    context = {
        "solution": solution, "office": office, "form": form, "asking": asking, "per_day": service.PER_DAY,
        "open": [found for one in asking if (found := queries.open_enquiry(solution, one))],
        "profile": profile_of(office), "agency": helper, "agency_profile": profile_of(helper) if helper else None,
    }  # fmt: skip
    above = (solution.title, reverse("knowledge:solution", args=[solution.slug]))
    return show(
        request,
        "ask",
        context,
        above,
        here=_("Ask the owner"),
        status=400 if form is not None and form.errors else None,
    )
