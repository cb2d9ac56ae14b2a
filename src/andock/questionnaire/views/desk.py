"""Staff write the questions: the list, each question, a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.participation.views.desk_frame import process_page

from .. import queries, rules
from ..choices import QuestionKind
from ..forms.answering import Preview
from ..forms.desk import MendForm, QuestionForm, WordsForm, initial_of
from ..services import editing
from ..towns import towns_for
from .desk_frame import address, phase_on, questionnaire_on, show, to_list

if TYPE_CHECKING:
    from andock.kernel.permissions import Verdict
    from andock.participation.models import Phase, Process

    from ..models import Question, Questionnaire


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def desk(request: HttpRequest, process: Process) -> HttpResponse:
    """All questions, the words around them, and how many have answered."""
    phase, questionnaire = questionnaire_on(process)
    initial = {"introduction": questionnaire.introduction, "thanks": questionnaire.thanks} if questionnaire else {}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        editing.write_words(actor=request.user, phase=phase, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return to_list(process)
    may = _may_change(request, questionnaire)
    context = {
        "phase": phase, "questions": queries.questions_of(questionnaire), "form": form, "counts": _counts(questionnaire),
        "may_enter_paper": bool(questionnaire and rules.may_enter_paper(request.user, questionnaire)),
    }  # fmt: skip
    context |= {"is_open": may is None or may.allowed, "why_not": "" if may is None else may.reason}
    return show(request, "list", process, context, is_wrong=bool(form.errors))


def _may_change(request: HttpRequest, questionnaire: Questionnaire | None) -> Verdict | None:
    return rules.may_change_questions(request.user, questionnaire) if questionnaire else None


def _counts(questionnaire: Questionnaire | None) -> dict[str, int]:
    if questionnaire is None:
        return {}
    return {
        "answered": queries.counted(questionnaire).count(), "on_paper": queries.number_of_papers(questionnaire),
        "waiting": queries.number_waiting(questionnaire),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def add(request: HttpRequest, process: Process) -> HttpResponse:
    """One more question."""
    phase, questionnaire = questionnaire_on(process)
    if questionnaire:
        rules.may_change_questions(request.user, questionnaire).demand()
    form = QuestionForm(
        request.POST if request.method == "POST" else None, before=queries.questions_of(questionnaire),
        initial={"kind": QuestionKind.SINGLE, "low": 1, "high": 5},
    )  # fmt: skip
    if form.is_valid():
        try:
            editing.add(actor=request.user, phase=phase, draft=form.draft())
        except editing.Unfit as unfit:
            form.add_error(None, str(unfit))
        else:
            messages.success(request, _("The question is there."))
            return redirect(address(process, "add")) if "next" in request.POST else to_list(process)
    return show(request, "question", process, {"form": form}, here=_("New question"), is_wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def change(request: HttpRequest, process: Process, question_id: int) -> HttpResponse:
    """One question; its words alone where somebody has answered."""
    phase, questionnaire = questionnaire_on(process)
    questions = queries.questions_of(questionnaire)
    question = _one(questions, question_id)
    may = rules.may_change_questions(request.user, question.questionnaire)
    form = _form_of(request, question, questions, is_whole=bool(may))
    if form.is_valid():
        try:
            _write(request, phase, question, form)
        except editing.Unfit as unfit:
            form.add_error(None, str(unfit))
        else:
            messages.success(request, _("Saved."))
            return to_list(process)
    context = {"form": form, "question": question, "why_not": may.reason}
    return show(request, "question", process, context, here=_("Question"), is_wrong=bool(form.errors))


def _form_of(request: HttpRequest, question: Question, questions: list[Question], *, is_whole: bool) -> MendForm:
    data = request.POST if request.method == "POST" else None
    if is_whole:
        return QuestionForm(data, before=questions[: questions.index(question)], initial=initial_of(question))
    return MendForm(data, initial={"label": question.label, "help": question.help})


def _write(request: HttpRequest, phase: Phase, question: Question, form: MendForm) -> None:
    if isinstance(form, QuestionForm):
        editing.change(actor=request.user, phase=phase, question_id=question.pk, draft=form.draft())
    else:
        label, help_text = form.cleaned_data["label"], form.cleaned_data["help"]
        editing.mend(actor=request.user, phase=phase, question_id=question.pk, label=label, help_text=help_text)


@require_POST
@process_page
def move(request: HttpRequest, process: Process, question_id: int) -> HttpResponse:
    """One place up or down."""
    step = -1 if request.POST.get("to") == "up" else 1
    try:
        editing.move(actor=request.user, phase=phase_on(process), question_id=question_id, step=step)
    except editing.Unfit as unfit:
        messages.error(request, str(unfit))
    return to_list(process)


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def remove(request: HttpRequest, process: Process, question_id: int) -> HttpResponse:
    """Ask once more; then the question is gone."""
    phase, questionnaire = questionnaire_on(process)
    question = _one(queries.questions_of(questionnaire), question_id)
    rules.may_change_questions(request.user, question.questionnaire).demand()
    if request.method != "POST":
        return show(request, "remove", process, {"question": question}, here=_("Delete the question"))
    try:
        editing.remove(actor=request.user, phase=phase, question_id=question_id)
    except editing.Unfit as unfit:
        messages.error(request, str(unfit))
    else:
        messages.success(request, _("The question is deleted."))
    return to_list(process)


@require_safe
@process_page
def preview(request: HttpRequest, process: Process) -> HttpResponse:
    """What citizens will see."""
    phase, questionnaire = questionnaire_on(process)
    questions = queries.questions_of(questionnaire)
    form = Preview(questions=questions, towns=towns_for(questions))
    context = {"phase": phase, "questionnaire": questionnaire, "form": form}
    return show(request, "preview", process, context, here=_("Preview"))


def _one(questions: list[Question], question_id: int) -> Question:
    found = next((one for one in questions if one.pk == question_id), None)
    if found is None:
        raise Http404
    return found
