"""What an organisation asks and is asked: the list, one thread, close and open again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.kernel.permissions import Denied
from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..forms.enquiry import WriteForm
from ..services import enquiries as service
from .frame import show

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from andock.organisations.models import Organisation

    from ..models import Enquiry

PAGE_SIZE = 20


@require_safe
@desk_of(rules.may_keep_enquiries)
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What waits for us, what waits for others, what is closed."""
    ours: list[Enquiry] = []
    others: list[Enquiry] = []
    for enquiry in queries.open_enquiries(organisation):
        (ours if _is_ours(enquiry, organisation) else others).append(enquiry)
    closed = Paginator(queries.closed_enquiries(organisation), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {"organisation": organisation, "ours": ours, "others": others, "closed": closed}
    return show(request, "enquiries", context, here=_("Enquiries of %s") % organisation)


def _is_ours(enquiry: Enquiry, organisation: Organisation) -> bool:
    """Whether the other office wrote last."""
    return (enquiry.owner == organisation) == (enquiry.waits_since is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_keep_enquiries)
def thread(request: HttpRequest, organisation: Organisation, enquiry_id: UUID) -> HttpResponse:
    """What both offices wrote, and a form for one more contribution."""
    enquiry = _enquiry(organisation, enquiry_id)
    form = WriteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service.contribute(
                actor=request.user, enquiry=enquiry, organisation=organisation, now=timezone.now(), **form.cleaned_data
            )
        except Denied as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent. The other office gets a mail."))
            return redirect(_address(organisation, enquiry))
    return _thread_page(request, organisation, enquiry, form)


def _thread_page(request: HttpRequest, organisation: Organisation, enquiry: Enquiry, form: WriteForm) -> HttpResponse:
    is_asking = organisation == enquiry.asking
    context = {
        "organisation": organisation, "enquiry": enquiry, "contributions": list(queries.contributions_to(enquiry)),
        "form": form, "is_asking": is_asking, "other": enquiry.owner if is_asking else enquiry.asking,
        "is_ours": _is_ours(enquiry, organisation),
    }  # fmt: skip
    above = (_("Enquiries of %s") % organisation, reverse("colleagues:enquiries", args=[organisation.slug]))
    status = 400 if form.errors else None
    return show(request, "enquiry", context, above, here=enquiry.solution.title, status=status)


@require_POST
@desk_of(rules.may_keep_enquiries)
def close(request: HttpRequest, organisation: Organisation, enquiry_id: UUID) -> HttpResponse:
    return _done(request, organisation, enquiry_id, service.close, _("Closed. Either office can open it again."))


@require_POST
@desk_of(rules.may_keep_enquiries)
def reopen(request: HttpRequest, organisation: Organisation, enquiry_id: UUID) -> HttpResponse:
    return _done(request, organisation, enquiry_id, service.reopen, _("Open again."))


def _done(
    request: HttpRequest, organisation: Organisation, enquiry_id: UUID, act: Callable[..., Any], told: str
) -> HttpResponse:
    enquiry = _enquiry(organisation, enquiry_id)
    try:
        act(actor=request.user, enquiry=enquiry, organisation=organisation, now=timezone.now())
    except (Denied, service.Unfit) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, told)
    return redirect(_address(organisation, enquiry))


def _enquiry(organisation: Organisation, enquiry_id: UUID) -> Enquiry:
    """One of those the organisation takes part in."""
    found = queries.enquiries_of(organisation).filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    return found


def _address(organisation: Organisation, enquiry: Enquiry) -> str:
    return reverse("colleagues:enquiry", args=[organisation.slug, enquiry.pk])
