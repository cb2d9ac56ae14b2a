"""Publish, postpone, cancel, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import queries, rules
from ..desk_lines import missing
from ..forms.event import CancelForm, PostponeForm
from ..publication import is_without_room
from ..services import drafts, publishing
from ..services.desk import Unfit
from ..timing import timing_of, typed
from .desk_frame import event_page, put_problems, show, to

if TYPE_CHECKING:
    from andock.kernel.permissions import Verdict

    from ..models import Event


@require_http_methods(["GET", "POST"])
@event_page
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    """What is still missing; else one button."""
    if refused := _refused(request, event, rules.may_publish_event(request.user, event)):
        return refused
    now, status = timezone.now(), None
    if request.method == "POST":
        try:
            publishing.publish(actor=request.user, event=event, now=now)
        except Unfit:
            status = 400
        else:
            messages.success(request, _("Published. Everybody can see it now."))
            return to(event)
    context = {
        "event": event, "is_over": event.is_over(now), "when": timing_of(event), "lacks": missing(event, now),
        "is_without_room": is_without_room(event, now),
    }  # fmt: skip
    return show(request, "publish", context, here=_("Publish"), status=status)


@require_http_methods(["GET", "POST"])
@event_page
def postpone(request: HttpRequest, event: Event) -> HttpResponse:
    """Another date, and why."""
    if refused := _refused(request, event, rules.may_cancel_event(request.user, event)):
        return refused
    form = PostponeForm(request.POST or None, initial=typed(timing_of(event)))
    rested = event.rests
    if form.is_valid():
        try:
            event = publishing.postpone(
                actor=request.user, event=event, when=form.when, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except Unfit as unfit:
            put_problems(form, unfit)
        else:
            messages.success(request, _("Postponed. Everybody who registered is told by mail."))
            if event.rests:
                messages.info(request, rules.no_date_yet())
            elif rested:
                messages.info(
                    request,
                    _(
                        "Registration is open again until the event begins. Under “Registration” you can close it earlier."
                    ),
                )
            return to(event)
    return _show_act(request, event, "postpone", form, _("Postpone"))


@require_http_methods(["GET", "POST"])
@event_page
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """Call it off, with the reason."""
    if refused := _refused(request, event, rules.may_cancel_event(request.user, event)):
        return refused
    form = CancelForm(request.POST or None)
    if form.is_valid():
        publishing.cancel(actor=request.user, event=event, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Cancelled. Everybody who registered is told by mail."))
        return to(event)
    return _show_act(request, event, "cancel", form, _("Cancel the event"))


@require_http_methods(["GET", "POST"])
@event_page
def delete(request: HttpRequest, event: Event) -> HttpResponse:
    """A draft goes for good."""
    if refused := _refused(request, event, rules.may_delete_event(request.user, event)):
        return refused
    if request.method == "POST":
        try:
            drafts.delete(actor=request.user, event=event)
        except Unfit as unfit:
            messages.warning(request, str(unfit))
        else:
            messages.success(request, _("The draft is deleted."))
        return redirect("events:desk", event.organisation.slug)
    return show(request, "delete", {"event": event}, here=_("Delete the draft"))


def _show_act(request: HttpRequest, event: Event, template: str, form: object, here: str) -> HttpResponse:
    context = {
        "event": event, "form": form, "when": timing_of(event), "counts": queries.counted_registrations(event),
    }  # fmt: skip
    return show(request, template, context, here=here, status=400 if form.errors else None)


def _refused(request: HttpRequest, event: Event, verdict: Verdict) -> HttpResponse | None:
    """Whoever comes too late, or presses twice, reads why on the event's own page."""
    if verdict:
        return None
    messages.warning(request, verdict.reason)
    return to(event)
