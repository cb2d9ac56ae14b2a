"""The directory of offices, and the page on which an organisation keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.accounts.queries import organisations_of
from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..directory import directory
from ..forms.office import DirectoryFilter, OfficeForm
from ..services import offices as service
from ..services.enquiries import Unfit
from .frame import show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Office

CONFLICT = 409


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All offices, narrowed by a word, a topic or a town."""
    rules.may_see_directory(request.user).demand()
    found = directory(timezone.localdate())
    form = DirectoryFilter(request.GET, found.organisations)
    chosen = form.chosen()
    listed = found.narrowed(chosen)
    context = {
        "form": form, "chosen": chosen, "listed": listed, "number": sum(len(entries) for _one, entries in listed),
        "silent": [] if chosen else found.silent, "kept": _kept(request),
    }  # fmt: skip
    return show(request, "directory", context, here=_("Directory of offices"))


def _kept(request: HttpRequest) -> list[Organisation]:
    held = organisations_of(request.user, timezone.localdate())
    return [found for found, _roles in held if rules.may_keep_offices(request.user, found)]


@require_safe
@desk_of(rules.may_keep_offices)
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The offices of one organisation."""
    context = {"organisation": organisation, "offices": list(queries.offices_of(organisation))}
    return show(request, "offices", context, _to_directory(), here=_("Offices of %s") % organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_keep_offices)
def add(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """One more office."""
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := _saved(request, organisation, form, None)):
        return answer
    return _form_page(request, organisation, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_keep_offices)
def edit(request: HttpRequest, organisation: Organisation, office_id: int) -> HttpResponse:
    """What one office says."""
    office = _office(organisation, office_id)
    form = OfficeForm(request.POST if request.method == "POST" else None, office=office)
    if form.is_valid():
        try:
            if answer := _saved(request, organisation, form, office):
                return answer
        except service.ChangedMeanwhile as conflict:
            form.data = {**request.POST.dict(), "seen": conflict.present.changed_at.isoformat()}
            form.data["terms"] = request.POST.getlist("terms")
            form.add_error(None, str(conflict))
            return _form_page(request, organisation, form, office, present=conflict.present, status=CONFLICT)
    return _form_page(request, organisation, form, office)


@require_POST
@desk_of(rules.may_keep_offices)
def remove(request: HttpRequest, organisation: Organisation, office_id: int) -> HttpResponse:
    """The office is no more."""
    try:
        service.remove(actor=request.user, office=_office(organisation, office_id))
    except Unfit as unfit:
        messages.warning(request, str(unfit))
    else:
        messages.success(request, _("The office is removed."))
    return redirect("colleagues:offices", organisation.slug)


def _saved(
    request: HttpRequest, organisation: Organisation, form: OfficeForm, office: Office | None
) -> HttpResponse | None:
    """The way back to the list; nothing where it was refused, with the reason in the form."""
    values = dict(form.cleaned_data)
    seen = values.pop("seen")
    try:
        if office:
            service.change(actor=request.user, office=office, seen=seen, now=timezone.now(), **values)
        else:
            service.add(actor=request.user, organisation=organisation, now=timezone.now(), **values)
    except Unfit as unfit:
        form.add_error(None, str(unfit))
        return None
    messages.success(request, _("Saved. Colleagues find it in the directory now."))
    return redirect("colleagues:offices", organisation.slug)


def _form_page(
    request: HttpRequest, organisation: Organisation, form: OfficeForm, office: Office | None = None, *,
    present: Office | None = None, status: int | None = None,
) -> HttpResponse:  # fmt: skip
    above = (_("Offices of %s") % organisation, reverse("colleagues:offices", args=[organisation.slug]))
    context = {"organisation": organisation, "form": form, "office": office, "present": present}
    here = office.name if office else _("New office")
    return show(
        request, "office", context, _to_directory(), above, here=here, status=status or (400 if form.errors else None)
    )


def _to_directory() -> tuple[str, str]:
    return _("Directory of offices"), reverse("colleagues:directory")


def _office(organisation: Organisation, office_id: int) -> Office:
    found = queries.offices_of(organisation).filter(pk=office_id).first()
    if found is None:
        raise Http404
    return found
