"""The desk: an organisation's events, a new one, and one event with all that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import queries, rules
from ..choices import EventState
from ..desk_lines import line, missing, summaries
from ..forms.event import BeginForm
from ..publication import is_without_room
from ..services import drafts
from ..services.desk import Unfit
from .desk_frame import desk_page, event_page, put_problems, show, to

if TYPE_CHECKING:
    from django.forms import Form

    from andock.organisations.models import Organisation

    from ..models import Event

PAST_EACH = 20


@require_safe
@desk_page
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Drafts, what comes, what is over."""
    today = timezone.localdate()
    events = queries.desk_events(organisation)
    known = events.exclude(state=EventState.DRAFT)
    past = Paginator(queries.past(known, today), PAST_EACH).get_page(request.GET.get("seite"))
    context = {
        "organisation": organisation,
        "drafts": [line(event) for event in events.filter(state=EventState.DRAFT)],
        "coming": [line(event) for event in queries.coming(known, today)],
        "past": past,
        "past_lines": [line(event) for event in past],
        "series": queries.series_of(organisation),
    }
    return show(request, "desk", context)


@require_http_methods(["GET", "POST"])
@desk_page
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new draft, from a pattern or as a copy."""
    source = queries.own_event(organisation, request.GET.get("kopie", ""))
    initial = {"copy_of": source.slug, "title": source.title} if source else {}
    form = BeginForm(request.POST or None, organisation=organisation, initial=initial)
    if form.is_valid() and (made := _begun(request, organisation, form)):
        messages.success(request, _("The draft is there. Go through its sections, then publish it."))
        return to(made)
    context = {"organisation": organisation, "form": form}
    return show(request, "begin", context, here=_("New event"), status=400 if form.errors else None)


def _begun(request: HttpRequest, organisation: Organisation, form: Form) -> Event | None:
    values = {"title": form.cleaned_data["title"], "when": form.when}
    source = queries.own_event(organisation, form.cleaned_data["copy_of"])
    try:
        if source:
            return drafts.copy(actor=request.user, source=source, **values)
        pattern = form.cleaned_data["pattern"]
        return drafts.begin(actor=request.user, organisation=organisation, pattern=pattern, **values)
    except Unfit as unfit:
        put_problems(form, unfit)
        return None


@require_safe
@event_page
def overview(request: HttpRequest, event: Event) -> HttpResponse:
    """One event: its state, what it lacks, its sections and what can be done."""
    now = timezone.now()
    context = {
        "event": event,
        "line": line(event),
        "sections": summaries(event),
        "lacks": missing(event, now) if event.state == EventState.DRAFT else [],
        "is_over": event.is_over(now),
        "is_without_room": event.state != EventState.CANCELLED and is_without_room(event, now),
        "may": _verdicts(request, event),
    }
    return show(request, "overview", context)


def _verdicts(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What may be done, for the buttons; a refusal is shown with its reason."""
    return {
        "edit": rules.may_edit_event(request.user, event),
        "publish": rules.may_publish_event(request.user, event),
        "cancel": rules.may_cancel_event(request.user, event),
        "delete": rules.may_delete_event(request.user, event),
    }
