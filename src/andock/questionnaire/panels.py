"""What questionnaires show on the pages of a process, and on those of whoever takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from andock.kernel.pagecache.pages import page_ends_at, page_shows
from andock.participation.choices import PhaseKind, PhaseTime
from andock.participation.queries import phase_of
from andock.participation.rules import may_take_part

from . import queries
from .rules import may_see_results
from .towns import towns_for
from .words import answered

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.participation.models import Participant, Phase, Process

    from .models import Submission


def of_phase(request: HttpRequest, phase: Phase) -> str:
    """On the page of a process: the way to the questions while they are open, then to the result."""
    if phase.kind != PhaseKind.QUESTIONS:
        return ""
    page_shows(request, f"process:{phase.process.slug}")
    time = phase.time_at(timezone.now())
    if time == PhaseTime.COMING or not queries.has_questions(phase):
        return ""
    context = {"phase": phase, "is_open": time == PhaseTime.RUNNING, "number": queries.number_counted(phase)}
    return render_to_string("questionnaire/panel_phase.html", context, request)


def of_data(request: HttpRequest, process: Process) -> str:
    """Among the files of a process: what was answered, once everybody may see it."""
    phase = phase_of(process, PhaseKind.QUESTIONS)
    if phase is None:
        return ""
    now = timezone.now()
    page_ends_at(request, phase.ends_at if phase.ends_at > now else None)
    if not may_see_results(AnonymousUser(), phase, now):
        return ""
    return render_to_string("questionnaire/panel_data.html", {"process": process}, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """On the desk of a process: the ways to its questions."""
    phase = phase_of(process, PhaseKind.QUESTIONS)
    if phase is None:
        return ""
    context = {
        "process": process,
        "number": queries.number_counted(phase),
        "has_questions": queries.has_questions(phase),
    }
    return render_to_string("questionnaire/panel_desk.html", context, request)


def of_participant(request: HttpRequest, participant: Participant) -> str:
    """On the page of somebody who takes part: what they answered. It is theirs alone."""
    found = list(queries.submissions_of(participant))
    lines = [{"submission": one, "answered": _answered(one), "may": bool(may_take_part(None, one.questionnaire.phase))} for one in found]  # fmt: skip
    return render_to_string("questionnaire/panel_mine.html", {"lines": lines}, request) if lines else ""


def _answered(submission: Submission) -> list:
    questions = list(submission.questionnaire.questions.all())
    return answered(questions, submission.answers, towns_for(questions))
