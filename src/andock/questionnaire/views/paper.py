"""What came on paper, and which answers in own words everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from andock.participation.views.desk_frame import process_page

from .. import queries, rules
from ..answers import words_of
from ..choices import IN_WORDS
from ..forms.answering import PaperForm
from ..services import answering, releasing
from ..towns import towns_for
from .desk_frame import address, show, written

if TYPE_CHECKING:
    from django.core.paginator import Page

    from andock.participation.models import Process

    from ..models import Question

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def enter(request: HttpRequest, process: Process) -> HttpResponse:
    """One sheet; the next one follows at once."""
    _phase, questionnaire = written(process)
    rules.may_enter_paper(request.user, questionnaire).demand()
    questions = queries.questions_of(questionnaire)
    form = PaperForm(
        request.POST if request.method == "POST" else None, questions=questions, towns=towns_for(questions),
        initial={"paper_number": queries.next_paper_number(questionnaire)},
    )  # fmt: skip
    if form.is_valid():
        number = form.cleaned_data["paper_number"]
        try:
            answering.enter_paper(
                actor=request.user, questionnaire=questionnaire, number=number, answers=form.given, now=timezone.now()
            )
        except answering.Unfit as unfit:
            form.add_error(None, str(unfit))
        else:
            messages.success(request, _("Paper number %d is entered. Here is the next one.") % number)
            return redirect(address(process, "paper"))
    context = {"form": form, "number": queries.number_of_papers(questionnaire)}
    return show(request, "paper", process, context, here=_("Enter paper"), is_wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def words(request: HttpRequest, process: Process) -> HttpResponse:
    """Answers in own words; those ticked are for everybody."""
    _phase, questionnaire = written(process)
    questions = [one for one in queries.questions_of(questionnaire) if one.kind in IN_WORDS]
    page = Paginator(queries.counted(questionnaire), PAGE_SIZE).get_page(request.GET.get("seite"))
    if request.method == "POST":
        changed = releasing.release(
            actor=request.user, questionnaire=questionnaire, shown=[row.pk for row in page],
            chosen=_chosen(request.POST.getlist("released")),
        )  # fmt: skip
        told = ngettext("Saved for %d person.", "Saved for %d people.", changed) % changed
        messages.success(request, told)
        return redirect(request.get_full_path())
    return show(request, "words", process, {"page": page, "rows": _rows(page, questions)}, here=_("Own words"))


def _rows(page: Page, questions: list[Question]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{row.pk}.{question.field}", "question": question, "text": text,
            "is_released": question.field in row.released, "is_on_paper": row.is_on_paper,
        }
        for row in page for question in questions if (text := words_of(question, row.answers.get(question.field)))
    ]  # fmt: skip


def _chosen(ticked: list[str]) -> set[tuple[int, str]]:
    pairs = (name.partition(".") for name in ticked)
    return {(int(pk), field) for pk, _dot, field in pairs if pk.isdecimal() and len(pk) < MOST_DIGITS}


MOST_DIGITS = 19
