"""What came of the questions: for everybody when the phase is over, as a table for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.participation.choices import PhaseTime
from andock.participation.views.desk_frame import process_page
from andock.participation.views.public import head_of, leads_back

from .. import queries, rules
from ..results import results as counted
from ..results_file import results_csv, results_json
from ..table import answers_csv
from ..towns import towns_for
from .answering import phase_at
from .desk_frame import questionnaire_on

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.participation.models import Phase, Process

    from ..models import Submission
    from ..results import Result

BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


@leads_back
@require_safe
@public_page(scopes=("process:{slug}", "organisations"))
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question with a chart and the table behind it."""
    phase, submissions, found = _seen(request, slug)
    context = head_of(phase.process) | {
        "phase": phase, "results": found, "people": len(submissions), "on_paper": sum(one.is_on_paper for one in submissions),
        "is_early": phase.time_at(timezone.now()) != PhaseTime.OVER,
    }  # fmt: skip
    return render(request, "questionnaire/results.html", context)


@require_safe
@public_page(scopes=("process:{slug}", "organisations"))
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The result as open data."""
    _phase, _submissions, found = _seen(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-ergebnis.csv"'}
    return HttpResponse(BYTE_ORDER_MARK + results_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@public_page(scopes=("process:{slug}", "organisations"))
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same with the meaning of its fields and the licence."""
    phase, _submissions, found = _seen(request, slug)
    return HttpResponse(results_json(phase.process, found), content_type="application/json")


def _seen(request: HttpRequest, slug: str) -> tuple[Phase, list[Submission], list[Result]]:
    """The phase with what was answered and what is counted of it. Raises ``Denied`` before it is over."""
    phase, now = phase_at(request, slug), timezone.now()
    rules.may_see_results(request.user, phase, now).demand()
    page_ends_at(request, phase.ends_at if phase.ends_at > now else None)
    questionnaire = queries.questionnaire_of(phase)
    questions = queries.questions_of(questionnaire)
    submissions = list(queries.counted(questionnaire)) if questionnaire else []
    return phase, submissions, counted(questions, submissions, towns_for(questions))


@require_safe
@process_page
def table(request: HttpRequest, process: Process) -> HttpResponse:
    """All answers without names, as CSV."""
    _phase, questionnaire = questionnaire_on(process)
    questions = queries.questions_of(questionnaire)
    submissions = queries.counted(questionnaire) if questionnaire else []
    text = answers_csv(questions, submissions, towns_for(questions))
    headers = {"Content-Disposition": f'attachment; filename="antworten-{process.slug}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
