"""The register as data: CSV for spreadsheets, JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.strategy.queries import the_framework

from .. import queries
from ..forms import DayForm
from .public import SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from ..queries import Entry, RegisterOnDay

COLUMNS = (
    "day", "key", "name", "kind", "role", "basis", "since", "until", "certain", "verified", "source", "note",
)  # fmt: skip
KIND = "andock-register/1"


@require_safe
@public_page(scopes=SCOPES)
def register_csv(request: HttpRequest) -> HttpResponse:
    """One line for each organisation; a spreadsheet runs nothing of it."""
    return _answer(request, _as_csv)


@require_safe
@public_page(scopes=SCOPES)
def register_json(request: HttpRequest) -> HttpResponse:
    """The same with the counts: certain and possible, and the share of the people."""
    return _answer(request, _as_json)


def _answer(request: HttpRequest, write: Callable[[RegisterOnDay], HttpResponse]) -> HttpResponse:
    """The file for the day asked for; a machine must not take another day's data for it, so a bad day is refused."""
    form = DayForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        text = " ".join(form.errors["am"])
        return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=400)
    register = queries.register_on(form.day() or localdate())
    response = write(register)
    name = f"andocken-{register.day.isoformat()}.{response['Content-Type'].partition(';')[0].rpartition('/')[2]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_csv(register: RegisterOnDay) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.DictWriter(response, COLUMNS, delimiter=";")
    writer.writeheader()
    for entry in register.entries:
        row = {"day": register.day.isoformat()} | _row(entry)
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return response


def _as_json(register: RegisterOnDay) -> HttpResponse:
    framework, counted = the_framework(), register.participation
    content = {
        "kind": KIND,
        "framework": {"slug": framework.slug, "title": framework.title} if framework else None,
        "day": register.day.isoformat(),
        "municipalities": {"certain": counted.certain, "possible": counted.possible, "total": counted.total},
        "population": {
            "on": counted.population_on and counted.population_on.isoformat(),
            "certain": counted.population_certain,
            "possible": counted.population_possible,
            "total": counted.population_total,
            "share_certain": round(counted.share, 4),
        },
        "entries": [_row(entry) for entry in register.entries],
        "pausing": [
            {"key": one.docking.organisation.key, "name": one.docking.organisation.name, "since": one.until_text}
            for one in register.pauses
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _row(entry: Entry) -> dict[str, Any]:
    """Dates as in the files of a region: EDTF, with their precision."""
    period, organisation = entry.period, entry.organisation
    return {
        "key": organisation.key,
        "name": organisation.name,
        "kind": organisation.kind,
        "role": period.role,
        "basis": period.basis,
        "since": period.since_text,
        "until": period.until_text,
        "certain": entry.is_certain,
        "verified": period.verified,
        "source": period.source,
        "note": period.note,
    }


def _cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
