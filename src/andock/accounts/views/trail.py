"""The audit trail of an organisation, to read and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andock.audit.queries import entries_filtered, entries_visible_to
from andock.kernel.modules import actions
from andock.organisations.choices import Role

from .. import queries, rules
from ..forms import TrailFilterForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest

    from andock.audit.models import Entry

PER_PAGE = 50


@require_safe
def trail(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened in an organisation, newest first."""
    organisation = get_object_or_404(queries.organisations_visible_to(request.user), slug=slug)
    rules.may_see_trail(request.user, organisation).demand()
    form = TrailFilterForm(request.GET or None, actions=actions())
    entries = entries_visible_to(request.user).filter(organisation=organisation)
    if form.is_valid():
        entries = entries_filtered(entries, **form.cleaned_data)
    if request.GET.get("format") == "csv":
        return _csv(entries, f"verlauf-{organisation.slug}.csv")
    query = request.GET.copy()
    query.pop("seite", None)
    context = {
        "organisation": organisation, "form": form, "query": query.urlencode(),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("seite")),
    }  # fmt: skip
    for entry in context["page"]:
        entry.lines = list(_lines(entry.data))
    return render(request, "accounts/trail.html", context)


def _lines(data: dict[str, Any]) -> Iterator[str]:
    """What else a reader understands: roles and days, in words. Keys and numbers of rows stay in the record."""
    labels = {
        "before": _("Before"),
        "role": _("Role"),
        "since": _("Since"),
        "until": _("Until"),
        "ordinal": _("Edition"),
    }
    roles = dict(Role.choices)
    for key, label in labels.items():
        if value := data.get(key):
            day = parse_date(str(value)) if key in {"since", "until"} else None
            yield f"{label}: {date_format(day) if day else roles.get(value, value)}"


def _csv(entries: Iterable[Entry], name: str) -> HttpResponse:
    """All entries as CSV that spreadsheets open without running anything."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [
            _("Time"),
            _("Person"),
            _("Roles"),
            _("What happened"),
            _("Thing"),
            _("No."),
            _("Reason"),
            _("Before (SHA-256)"),
            _("After (SHA-256)"),
        ]
    )
    for entry in entries:
        writer.writerow(
            [
                timezone.localtime(entry.at).isoformat(timespec="seconds"), entry.actor_name, entry.actor_roles, entry.label,
                entry.object_type, entry.object_id, entry.reason, entry.before_hash, entry.after_hash,
            ]
        )  # fmt: skip
    return response
