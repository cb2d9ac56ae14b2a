"""What the pages of staff share: which questionnaire it is, where it leads back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of
from andock.participation.views import desk_frame

from .. import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.participation.models import Phase, Process

    from ..models import Questionnaire

FOLDER = "questionnaire/desk"
WRONG = 422


def phase_on(process: Process) -> Phase:
    """The phase in which the process asks questions, else 404."""
    phase = phase_of(process, PhaseKind.QUESTIONS)
    if phase is None:
        raise Http404
    return phase


def questionnaire_on(process: Process) -> tuple[Phase, Questionnaire | None]:
    phase = phase_on(process)
    return phase, queries.questionnaire_of(phase)


def written(process: Process) -> tuple[Phase, Questionnaire]:
    """As ``questionnaire_on``, where somebody has begun to write questions; else 404."""
    phase, questionnaire = questionnaire_on(process)
    if questionnaire is None:
        raise Http404
    return phase, questionnaire


def show(
    request: HttpRequest, template: str, process: Process, context: dict[str, Any], *, here: str = "",
    is_wrong: bool = False,
) -> HttpResponse:  # fmt: skip
    context = context | {"process": process, "list_url": address(process)}
    here = here or _("Questions")
    return desk_frame.show(request, template, context, here=here, status=WRONG if is_wrong else None, folder=FOLDER)


def address(process: Process, name: str = "desk", **more: Any) -> str:
    return reverse(f"questionnaire:{name}", kwargs={"slug": process.organisation.slug, "process": process.slug} | more)


def to_list(process: Process) -> HttpResponse:
    return redirect(address(process))
