"""What came by letter: where in the text it belongs, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from andock.participation.choices import ContributionKind
from andock.participation.views.desk_frame import process_page, show

from .. import rules
from ..forms.say import PaperForm
from ..services import entering
from ..text import element_called
from .desk import FOLDER, phase_and_subject, text_of_desk
from .saying import kind_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from andock.participation.models import Process

    from ..models import Subject

WRONG = 400


@require_safe
@process_page
def pile(request: HttpRequest, process: Process) -> HttpResponse:
    """The whole text: to which paragraph does the letter belong?"""
    subject = _subject(request, process)
    found = [one for one in text_of_desk(subject) if one.paragraphs]
    context = {"process": process, "subject": subject, "passages": found}
    return show(request, "pile", context, here=_("Enter paper"), folder=FOLDER)


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def enter(request: HttpRequest, process: Process, element: UUID, block: UUID) -> HttpResponse:
    """Type a comment or another wording on one paragraph, as it reads now."""
    subject = _subject(request, process)
    passage = element_called(text_of_desk(subject), element)
    paragraph = passage.paragraph(block) if passage else None
    if passage is None or paragraph is None:
        raise Http404
    form = PaperForm(request.POST if request.method == "POST" else None, kind=kind_of(request), paragraph=paragraph)
    if form.is_valid():
        made = entering.enter_paper(
            actor=request.user, subject=subject, passage=passage, paragraph=paragraph, kind=form.kind,
            text=form.cleaned_data["text"], now=timezone.now(),
        )  # fmt: skip
        messages.success(
            request, _("Entered. It stands beside the paragraph as contribution %d, marked as on paper.") % made.pk
        )
        return redirect("consultation:block", process.organisation.slug, process.slug, element, block)
    if form.is_bound:
        form.look_anew()
    context = {
        "process": process, "passage": passage, "paragraph": paragraph, "form": form,
        "is_wording": form.kind == ContributionKind.WORDING,
    }  # fmt: skip
    return show(request, "paper", context, here=_("Enter paper"), folder=FOLDER, status=WRONG if form.errors else None)


def _subject(request: HttpRequest, process: Process) -> Subject:
    """404 where no text was chosen; raises ``Denied`` before the phase begins."""
    _phase, subject = phase_and_subject(process)
    if subject is None:
        raise Http404
    rules.may_enter_paper(request.user, subject).demand()
    return subject
