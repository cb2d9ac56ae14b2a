"""What somebody sent and what became of it, by the link in their mails or on their device."""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andock.kernel.pagecache.pages import public_page
from andock.kernel.permissions import Denied
from andock.kernel.secret_pages import secret_page

from .. import addresses, queries
from ..choices import KEEP_UNCONFIRMED, ContributionState
from ..device import forget, known_participant, remember
from ..forms.person import EraseForm, FindForm, LinkForm, ObjectForm, RenameForm
from ..own_data import own_data
from ..services import contributing, forgetting, moderating, people
from .codes import pressed
from .public import head_of, seen_process
from .sending import first_key, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from ..models import Participant, Process

ON = "weiter"


private = secret_page("/beteiligung/ich/")


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever has the link and nobody else: ``view(request, participant, token, …)``; kept nowhere."""

    @private
    @wraps(view)
    def wrapper(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
        participant_id = addresses.participant_id_in(token)
        participant = queries.participant(participant_id) if participant_id else None
        if participant is None:
            return gone(request)
        return view(request, participant, token, **given)

    return wrapper


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the link to one's own page again. The answer is the same whether anybody has the address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not form.cleaned_data["website"]:
            people.ask_for_own_page(email=form.cleaned_data["email"], now=timezone.now())
        return redirect(reverse("participation:find") + "?stand=gesendet")
    context = {"form": form, "is_sent": request.GET.get("stand") == "gesendet", "days": KEEP_UNCONFIRMED.days}
    return render(request, "participation/find.html", context, status=422 if form.errors else 200)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "participation/gone.html", {"days": KEEP_UNCONFIRMED.days}, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what was sent and asks for one press of a button: mail scanners open links, too."""
    contribution_id = addresses.contribution_id_in(token)
    found = queries.contribution(contribution_id) if contribution_id else None
    if found is None or found.participant is None:
        return gone(request)
    if found.state != ContributionState.UNCONFIRMED:
        return redirect(addresses.link_to_mine(found.participant))
    if request.method != "POST":
        return render(request, "participation/confirm.html", {"contribution": found})
    answer = pressed(
        request, found.process, lambda code, now: contributing.confirm(contribution=found, now=now, code=code)
    )
    if answer.done is None:
        context = {"contribution": found, "refused": answer.refused, "form": answer.form}
        return render(request, "participation/confirm.html", context, status=answer.status)
    return remember(redirect(addresses.link_to_mine(found.participant) + "?neu=1"), found.participant)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def mine(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Everything we keep about somebody, and what became of what they sent. A press of the button makes the device theirs."""
    going_on_to = _safe(request.GET.get(ON, ""))
    if request.method == "POST":
        people.come_in(participant_id=participant.pk, now=timezone.now())
        return remember(redirect(going_on_to or request.path), participant)
    if participant.confirmed_at is None or going_on_to:
        return render(request, "participation/come_in.html", {"participant": participant, "going_on_to": going_on_to})
    return _own_page(request, participant, token, RenameForm(initial={"pseudonym": participant.pseudonym}))


def _own_page(request: HttpRequest, participant: Participant, token: str, rename: RenameForm) -> HttpResponse:
    context = {
        "participant": participant, "token": token, "contributions": list(queries.contributions_by(participant)),
        "rename": rename, "is_new": "neu" in request.GET,
    }  # fmt: skip
    return render(request, "participation/mine.html", context, status=422 if rename.errors else 200)


@require_POST
@by_link
def rename(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    form = RenameForm(request.POST)
    if not form.is_valid():
        return _own_page(request, participant, token, form)
    people.rename(participant=participant, pseudonym=form.cleaned_data["pseudonym"])
    return redirect("participation:mine", token)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def withdraw(request: HttpRequest, participant: Participant, token: str, contribution_id: int) -> HttpResponse:
    """Ask once more, then its words are gone."""
    found = queries.contributions_by(participant).filter(pk=contribution_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        contributing.withdraw(participant=participant, contribution=found)
        return redirect("participation:mine", token)
    return render(request, "participation/withdraw.html", {"contribution": found, "token": token})


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def object_to(request: HttpRequest, participant: Participant, token: str, decision_id: int) -> HttpResponse:
    """Say why something should be shown after all."""
    found = queries.decision(decision_id)
    if found is None or found.contribution.participant_id != participant.pk:
        raise Http404
    form = ObjectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            moderating.object_to(participant=participant, decision=found, text=text, now=timezone.now())
        except Denied as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("participation:mine", token)
    context = {"form": form, "decision": found, "token": token}
    return render(request, "participation/object.html", context, status=422 if form.errors else 200)


@require_safe
@by_link
def data(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Everything we keep about somebody, to take along."""
    text = json.dumps(own_data(participant), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="meine-beteiligung.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def erase(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Delete everything that names somebody; what becomes of their words they choose."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        forgetting.erase(participant=participant, keeps_words=form.cleaned_data["words"] == "keep")
        return forget(redirect("participation:erased"))
    context = {"form": form, "participant": participant, "token": token}
    return render(request, "participation/erase.html", context, status=422 if form.errors else 200)


@require_safe
@public_page(scopes=())
def erased(request: HttpRequest) -> HttpResponse:
    """Nothing is kept any more. Says nothing about anybody."""
    return render(request, "participation/erased.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who you are, so that supporting and answering count once: we send a link, which leads on."""
    process, going_on_to = seen_process(request, slug), _safe(request.GET.get(ON, ""))
    known, now = known_participant(request), timezone.now()
    if known and going_on_to:
        return redirect(going_on_to)
    form = LinkForm(request.POST or None, process=process, known=None, initial={"key": first_key(process, now)})
    status = _asked(form, process, going_on_to) if form.is_valid() else 422
    if form.is_bound and not form.errors:
        return redirect(reverse("participation:thanks", args=[slug]) + "?stand=link")
    context = head_of(process) | {"form": form}
    return render(request, "participation/link.html", context, status=status if form.is_bound else None)


def _asked(form: LinkForm, process: Process, going_on_to: str) -> int:
    """Send the link to whoever filled in the form; the status of the page that shows it again."""
    if not form.cleaned_data["website"]:
        try:
            people.ask_for_link(
                person=form.introduction(), process=process, going_on_to=going_on_to, now=timezone.now()
            )
        except people.TooMany as refusal:
            return refuse(form, refusal)
    return 200


def _safe(address: str) -> str:
    """A page of this site to go on to; nothing for any other."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else ""


@never_cache
@require_POST
def not_me(request: HttpRequest) -> HttpResponse:
    """Somebody else uses this device now."""
    response = redirect(_safe(request.POST.get(ON, "")) or reverse("participation:list"))
    return forget(response)
