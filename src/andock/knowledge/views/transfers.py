"""Who has taken over what: the figures of any day, the list, and the file from which a stranger counts again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page
from andock.register.forms import DayForm
from andock.strategy.views.reading import is_foreign

from .. import figures, queries
from ..edges import network_of
from ..recount import recount
from ..tallies import by_size, by_topic, size_of
from ..transfers import lines_on, replaced_on, told, under_solutions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest

    from andock.organisations.models import Term

    from ..models import Solution, TransferStage

SCOPES = ("solutions", "organisations")
COLUMNS = (
    "transfer", "solution", "title", "topics", "receiver", "name", "size", "giver", "version", "adapted", "contributed_back", "what_changed", "cost", "staff_days", "stage", "date",
    "earliest", "latest", "confirmed", "source", "note", "recorded_on", "replaced_on", "demonstration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What was known on a day of the day that is asked for."""

    known: date
    counted: figures.InOperation
    lead_time: figures.LeadTime | None
    timed: int
    """How many transfers the lead time is the middle of."""


@dataclass(frozen=True, slots=True)
class Group:
    """A solution with how far each transfer of it is; ``counted`` where it is or may be in operation."""

    solution: Solution
    stages: Sequence[TransferStage]
    counted: figures.InOperation | None


@require_safe
@public_page(scopes=SCOPES)
def listing(request: HttpRequest) -> HttpResponse:
    """The figures of a day as known today and as known on that day, and what of it each transfer is."""
    today = timezone.localdate()
    form = DayForm(request.GET or None)
    day = form.day() or today
    stages = list(queries.told_stages())
    rows = [told(stage) for stage in stages]
    known = figures.as_known(rows, today)
    by_solution = figures.by_solution(known, day)
    terms = queries.terms_by_solution()
    context = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "told": [_told(rows, day, as_of) for as_of in dict.fromkeys((today, min(day, today)))],
        "groups": [
            Group(solution, those, by_solution.get(str(solution.pk)))
            for solution, those in under_solutions(lines_on(stages, known, day))
        ],
        "topics": by_topic(known, day, terms),
        "sizes": by_size(known, day, stages),
        "network": network_of(lines_on(stages, known, day), day),
        "lines": recount(day, min(day, today)),
        "foreign": is_foreign(),
    }
    return render(request, "knowledge/transfers.html", context)


def _told(rows: Sequence[figures.Told], day: date, known: date) -> Standing:
    found = figures.as_known(rows, known)
    times = figures.lead_times(found, day)
    return Standing(known, figures.in_operation(found, day), figures.typical(times), len(times))


@require_safe
@public_page(scopes=SCOPES)
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every row that was ever told, replaced ones too. A spreadsheet runs nothing of it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="uebernahmen.csv"'
    writer = csv.DictWriter(response, COLUMNS, delimiter=";")
    writer.writeheader()
    terms = queries.terms_by_solution()
    for stage in queries.told_stages():
        writer.writerow({name: _cell(value) for name, value in _row(stage, terms).items()})
    return response


def _row(stage: TransferStage, terms: Mapping[UUID, Sequence[Term]]) -> dict[str, Any]:
    transfer = stage.transfer
    return {
        "transfer": transfer.pk,
        "solution": transfer.solution.key,
        "title": transfer.solution.title,
        "topics": ";".join(dict.fromkeys(term.slug for term in terms.get(transfer.solution_id, ()))),
        "receiver": transfer.receiver.key,
        "name": transfer.receiver.name,
        "size": size_of(transfer.receiver),
        "giver": transfer.from_whom.name,
        "version": transfer.version,
        "adapted": transfer.adapted,
        "contributed_back": transfer.contributed_back,
        "what_changed": transfer.what_changed,
        "cost": transfer.cost,
        "staff_days": transfer.staff_days,
        "stage": stage.stage,
        "date": stage.date_text,
        "earliest": stage.first_day,
        "latest": stage.last_day,
        "confirmed": stage.is_confirmed,
        "source": stage.source,
        "note": stage.note,
        "recorded_on": stage.recorded_on,
        "replaced_on": replaced_on(stage),
        "demonstration": transfer.is_demonstration,
    }


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
