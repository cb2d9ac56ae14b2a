"""For those who keep a process: which text it is about, and where in it most was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.permissions import Denied
from andock.local_strategies.rules import may_work_on_strategy
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of
from andock.participation.views.desk_frame import process_page, show

from .. import queries, rules
from ..forms.choose import ChooseForm
from ..offered import Offered, offered_to
from ..said import Said, fate_in, said
from ..services import choosing
from ..text import Passage, element_called, passages

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from andock.participation.models import Phase, Process

    from ..models import Subject

PAGE_SIZE = 50
FOLDER = "consultation/desk"


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def choose(request: HttpRequest, process: Process) -> HttpResponse:
    """Choose the draft edition or the own local strategy that people are asked about."""
    phase, subject = phase_and_subject(process)
    offered = offered_to(process.organisation)
    chosen = next((key for key, one in offered.items() if subject and one.is_of(subject)), "")
    form = ChooseForm(
        request.POST if request.method == "POST" else None, offered=[(key, str(one)) for key, one in offered.items()],
        initial={"text": chosen},
    )  # fmt: skip
    if form.is_valid() and _chosen(request, phase, offered[form.cleaned_data["text"]], form):
        return redirect("participation:overview", process.organisation.slug, process.slug)
    context = {
        "process": process, "subject": subject, "form": form, "offered": offered,
        "may": rules.may_choose_text(request.user, phase),
        "has_local_strategy": bool(may_work_on_strategy(request.user, process.organisation)),
    }  # fmt: skip
    return show(request, "choose", context, here=_("Text"), status=400 if form.errors else None, folder=FOLDER)


def _chosen(request: HttpRequest, phase: Phase, one: Offered, form: ChooseForm) -> bool:
    try:
        if one.edition:
            choosing.choose_edition(actor=request.user, phase=phase, edition=one.edition)
        elif one.version:
            choosing.choose_version(actor=request.user, phase=phase, version=one.version)
    except Denied as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Chosen: %s.") % one)
    return True


@dataclass(frozen=True, slots=True)
class Line:
    """A block with how much was said about it."""

    name: str
    wording: str
    identity: UUID
    block: UUID
    counted: dict[str, Any]


@require_safe
@process_page
def attention(request: HttpRequest, process: Process) -> HttpResponse:
    """Where most was said, and where answers are missing."""
    phase, subject = phase_and_subject(process)
    page = Paginator(queries.attention(phase), PAGE_SIZE).get_page(request.GET.get("seite"))
    text = text_of_desk(subject)
    names = {identity: name for identity, name, _number in queries.elements_spoken_of(phase)}
    context = {
        "process": process,
        "subject": subject,
        "page": page,
        "lines": [_line(row, text, names) for row in page],
        "may_enter": subject and rules.may_enter_paper(request.user, subject),
    }
    return show(request, "attention", context, here=_("Attention"), folder=FOLDER)


def _line(row: dict[str, Any], text: list[Passage], names: dict[UUID, str]) -> Line:
    passage = element_called(text, row["identity"])
    paragraph = passage.paragraph(row["block"]) if passage else None
    name = str(passage) if passage else names.get(row["identity"], "")
    return Line(name, paragraph.text if paragraph else "", row["identity"], row["block"], row)


@require_safe
@process_page
def block(request: HttpRequest, process: Process, element: UUID, block: UUID) -> HttpResponse:
    """Everything that was said about one block, what is held back too; answering is one step away."""
    phase, subject = phase_and_subject(process)
    passage = element_called(text_of_desk(subject), element)
    paragraph = passage.paragraph(block) if passage else None
    found: list[Said] = [said(one, fate_in(paragraph, one)) for one in queries.anchors_at(phase, element, block)]
    if paragraph is None and not found:
        raise Http404
    context = {
        "process": process, "paragraph": paragraph, "found": found,
        "name": str(passage) if passage else found[0].contribution.about,
        "numbers": ",".join(str(one.contribution.pk) for one in found), "element": element,
        "may_enter": subject and rules.may_enter_paper(request.user, subject),
    }  # fmt: skip
    return show(request, "block", context, here=_("Paragraph"), folder=FOLDER)


def phase_and_subject(process: Process) -> tuple[Phase, Subject | None]:
    phase = phase_of(process, PhaseKind.TEXT)
    if phase is None:
        raise Http404
    return phase, queries.subject_of(phase)


def text_of_desk(subject: Subject | None) -> list[Passage]:
    """For the people who keep the process: it is their own text, so they read it whatever its state."""
    return passages(queries.text_of(subject), {}) if subject else []
