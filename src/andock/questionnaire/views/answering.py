"""Answering the questions: the form, the link in the mail, thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.form_key import read_key
from andock.kernel.pagecache.pages import public_page
from andock.participation.choices import PhaseKind
from andock.participation.device import introducing, remember, taking_part
from andock.participation.queries import phase_of
from andock.participation.rules import may_take_part
from andock.participation.views.codes import guessing_braked, pressed
from andock.participation.views.mine import gone, private
from andock.participation.views.public import head_of, seen_process
from andock.participation.views.sending import REFUSALS, first_key, purpose_of, refuse

from .. import queries, rules
from ..addresses import request_key_in
from ..choices import Stand
from ..forms.answering import AnswersForm
from ..services import answering
from ..towns import towns_for
from ..words import answered

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from andock.participation.models import Phase

    from ..models import Questionnaire, Submission

REFUSED, WRONG = 403, 422


def phase_at(request: HttpRequest, slug: str) -> Phase:
    """The phase in which this process asks questions; 404 where it has none or is not for this person."""
    phase = phase_of(seen_process(request, slug), PhaseKind.QUESTIONS)
    if phase is None:
        raise Http404
    return phase


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays whatever is refused. Whoever answered already finds their answers in it."""
    phase, now = phase_at(request, slug), timezone.now()
    questionnaire = queries.questionnaire_of(phase)
    form = _form(request, phase, questionnaire, now)
    may, status = may_take_part(None, phase, now), 200
    if form.is_bound:
        sent, status = _sent(request, form, questionnaire, now)
        if status == 0:
            return _thanks(sent, slug)
        form.anew(purpose_of(phase.process), now)
    context = head_of(phase.process) | {
        "phase": phase, "questionnaire": questionnaire, "form": form, "refused": "" if may else may.reason,
        "may_see_results": rules.may_see_results(request.user, phase, now), "has_answered": bool(form.before),
    }  # fmt: skip
    return render(request, "questionnaire/answer.html", context, status=status)


def _form(request: HttpRequest, phase: Phase, questionnaire: Questionnaire | None, now: datetime) -> AnswersForm:
    questions, who = queries.questions_of(questionnaire), introducing(request, phase.process)
    before = queries.submission_of(questionnaire, who["known"]) if questionnaire else None
    return AnswersForm(
        request.POST if request.method == "POST" else None, questions=questions, towns=towns_for(questions),
        before=before.answers if before else {}, initial={"key": first_key(phase.process, now)}, **who,
    )  # fmt: skip


def _sent(
    request: HttpRequest, form: AnswersForm, questionnaire: Questionnaire | None, now: datetime
) -> tuple[Submission | None, int]:
    """Send a bound form. With it the status of the page that shows it again; 0 where it was sent."""
    if questionnaire is None:
        raise Http404
    if not form.is_valid():
        if not (may := may_take_part(None, questionnaire.phase, now)):
            form.add_error(None, str(may.reason))
            return None, REFUSED
        return None, WRONG
    try:
        return _send(request, form, questionnaire, now), 0
    except answering.Unfit as unfit:
        form.add_error(None, str(unfit))
        return None, WRONG
    except tuple(REFUSALS) as refusal:
        return None, refuse(form, refusal)


def _send(request: HttpRequest, form: AnswersForm, questionnaire: Questionnaire, now: datetime) -> Submission | None:
    """None where a machine filled in what people do not see."""
    data = form.cleaned_data
    if data["website"]:
        return None
    may_take_part(None, questionnaire.phase, now).demand()
    key = read_key(data["key"], purpose_of(questionnaire.phase.process))
    form.known = taking_part(request, data.get("pseudonym", ""), now)
    person = form.introduction()
    with guessing_braked(request, questionnaire.phase.process, person.code, now):
        return answering.submit(
            person=person, questionnaire=questionnaire, answers=form.given, now=now,
            request_key=key.request_key if key else uuid4(),
            is_doubtful=form.known is None and not (key and key.is_worked_for(data["work"], now)),
        )  # fmt: skip


def _thanks(sent: Submission | None, slug: str) -> HttpResponse:
    stand = Stand.COUNTS if sent and sent.confirmed_at else Stand.CONFIRM
    return redirect(f"{reverse('questionnaire:thanks', args=[slug])}?stand={stand}")


@require_safe
@public_page(scopes=("process:{slug}", "organisations"), query=("stand",))
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next. Says nothing about anybody: the address alone decides what stands here."""
    phase = phase_at(request, slug)
    is_counted = request.GET.get("stand") == Stand.COUNTS
    context = {"phase": phase, "questionnaire": queries.questionnaire_of(phase), "is_counted": is_counted}
    return render(request, "questionnaire/thanks.html", head_of(phase.process) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Shows what was answered and asks for one press of a button: mail scanners open links, too."""
    key = request_key_in(token)
    found = queries.submission_sent_with(key) if key else None
    if found is None or found.participant is None or found.questionnaire.phase.process.slug != slug:
        return gone(request)
    if found.confirmed_at:
        return _thanks(found, slug)
    if request.method != "POST":
        return render(request, "questionnaire/confirm.html", _asked_to_confirm(found))
    answer = pressed(
        request, found.questionnaire.phase.process,
        lambda code, now: answering.confirm(submission=found, now=now, code=code),
    )  # fmt: skip
    if answer.done is None:
        context = _asked_to_confirm(found) | {"refused": answer.refused, "form": answer.form}
        return render(request, "questionnaire/confirm.html", context, status=answer.status)
    return remember(_thanks(answer.done, slug), found.participant)


def _asked_to_confirm(found: Submission) -> dict[str, Any]:
    questions = queries.questions_of(found.questionnaire)
    process = found.questionnaire.phase.process
    return head_of(process) | {"answered": answered(questions, found.answers, towns_for(questions))}
