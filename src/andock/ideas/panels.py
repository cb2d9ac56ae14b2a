"""What ideas show on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone

from andock.kernel.pagecache.pages import page_shows, shared_part
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of

from . import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.knowledge.models import Solution
    from andock.participation.desk_panel import Answering
    from andock.participation.models import Phase, Process
    from andock.strategy.models import ElementVersion

WAYS_IN = frozenset({PhaseKind.IDEAS, PhaseKind.SUPPORT})


def of_phase(request: HttpRequest, phase: Phase) -> str:
    """On a process's page: the way to its ideas."""
    if phase.kind not in WAYS_IN:
        return ""
    process = phase.process
    page_shows(request, f"ideas:{process.slug}")
    is_collecting = phase.kind == PhaseKind.IDEAS
    context = {
        "process": process, "phase": phase, "count": queries.number_of_ideas(process),
        "may_send": is_collecting and rules.may_send_idea(None, process, timezone.now()),
    }  # fmt: skip
    return render_to_string("ideas/panel_phase.html", context, request)


def of_data(request: HttpRequest, process: Process) -> str:
    """Among the files of a process: where its ideas are."""
    if phase_of(process, PhaseKind.IDEAS) is None:
        return ""
    return render_to_string("ideas/panel_data.html", {"process": process}, request)


def of_process_desk(request: HttpRequest, process: Process) -> str:
    """On the desk of a process: the way to status, places and paper."""
    if phase_of(process, PhaseKind.IDEAS) is None:
        return ""
    return render_to_string("ideas/panel_desk.html", {"process": process}, request)


def of_answering_desk(request: HttpRequest, answering: Answering) -> str:
    """For an office that answers in another's process: the way to its ideas."""
    if not queries.ideas_answered_by(answering.process, answering.office).exists():
        return ""
    return render_to_string("ideas/panel_answering.html", {"answering": answering}, request)


def of_solution(request: HttpRequest, solution: Solution) -> str:
    """On a solution card: the ideas it came from or serves."""
    page_shows(request, "idea_links")
    linked = shared_part(request, "solutions with ideas", queries.solutions_with_ideas, scopes=("idea_links",))
    if solution.pk not in linked:
        return ""
    page_shows(request, "participation")
    return _shown(request, list(queries.ideas_for(solution)))


def of_element(request: HttpRequest, version: ElementVersion) -> str:
    """On a passage: the ideas that belong to it."""
    page_shows(request, "idea_links")
    linked = shared_part(request, "passages with ideas", queries.elements_with_ideas, scopes=("idea_links",))
    if version.element_id not in linked:
        return ""
    page_shows(request, "contributions")
    return _shown(request, list(queries.ideas_about(version.element_id)))


def _shown(request: HttpRequest, ideas: list) -> str:
    return render_to_string("ideas/panel_ideas.html", {"ideas": ideas}, request) if ideas else ""
