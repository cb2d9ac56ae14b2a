"""The agency's register of organisations: who there is, and new names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import queries, rules
from ..forms import RenameForm
from ..services.register import rename_organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All organisations with their addresses, and what the agency can do with them."""
    rules.may_keep_register(request.user).demand()
    return render(request, "organisations/register.html", {"organisations": queries.register()})


def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """A new name; every address the organisation ever had keeps leading to it."""
    rules.may_keep_register(request.user).demand()
    organisation = queries.register().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": organisation.name})
    if form.is_valid():
        try:
            renamed = rename_organisation(actor=request.user, organisation=organisation, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                _("Saved: %(name)s, at /kommunen/%(slug)s/. Former addresses keep leading there.")
                % {"name": renamed, "slug": renamed.slug},
            )
            return redirect("organisations:register")
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/rename.html", context, status=400 if form.errors else 200)
