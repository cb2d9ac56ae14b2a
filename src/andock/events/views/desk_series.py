"""Series: events that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import queries
from ..desk_lines import line
from ..forms.rows import SeriesForm
from ..services import series as service
from .desk_frame import CONFLICT, desk_page, show

if TYPE_CHECKING:
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict


@require_http_methods(["GET", "POST"])
@desk_page
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new series; events are put into it on their own pages."""
    form = SeriesForm(request.POST or None, loaded={})
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in service.FIELDS}
        service.begin(actor=request.user, organisation=organisation, **values)
        messages.success(request, _("The series is there. Put events into it under “Topics, passages, series”."))
        return redirect("events:desk", organisation.slug)
    return _show(request, {"organisation": organisation, "form": form, "series": None}, {})


@require_http_methods(["GET", "POST"])
@desk_page
def edit(request: HttpRequest, organisation: Organisation, series: str) -> HttpResponse:
    """Its title, its text, and whether people register for all of it at once."""
    found = get_object_or_404(queries.series_of(organisation), slug=series)
    form, conflicts = SeriesForm(request.POST or None, loaded=service.read(found)), {}
    if form.is_valid():
        conflicts = service.edit(actor=request.user, series=found, fields=form.submitted())
        if not conflicts:
            messages.success(request, _("Saved."))
            return redirect("events:desk", organisation.slug)
        found.refresh_from_db()
        form = SeriesForm(loaded=service.read(found), mine={name: one.mine for name, one in conflicts.items()})
    lines = [line(event) for event in queries.desk_events(organisation).filter(series=found)]
    context = {"organisation": organisation, "form": form, "series": found, "lines": lines}
    return _show(request, context, conflicts)


def _show(request: HttpRequest, context: dict[str, Any], conflicts: dict[str, Conflict]) -> HttpResponse:
    form = context["form"]
    rows = [(form[name], _theirs(conflicts.get(name))) for name in service.FIELDS]
    here = context["series"].title if context["series"] else _("New series")
    status = CONFLICT if conflicts else 400 if form.errors else None
    return show(request, "series", context | {"rows": rows, "conflicts": conflicts}, here=here, status=status)


def _theirs(conflict: Conflict | None) -> str | None:
    if conflict is None:
        return None
    if isinstance(conflict.theirs, bool):
        return _("Yes") if conflict.theirs else _("No")
    return str(conflict.theirs) or "–"
