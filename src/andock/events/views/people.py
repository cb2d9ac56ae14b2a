"""Who registered: the list, one person, and somebody entered by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .. import people_queries as queries
from .. import rules
from ..choices import Group
from ..dating import when
from ..forms.people import EnterForm, NoteForm, PeopleFilterForm, ReasonForm
from ..people_export import answers_of
from ..queries import allotments_of
from ..services import participants
from ..services.registering import SentBefore
from ..services.seats import NoSeat
from .people_frame import people_page, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from ..models import Event, Registration

PER_PAGE = 50


class Act(NamedTuple):
    """A button on the page of a person: what is filled in, what is done, and what is said then."""

    form: type[Form]
    service: Callable[..., Any]
    done: Promise
    done_unwritten: Promise | None = None
    """What is said instead of somebody without an address."""


ACTS = {
    "note": Act(NoteForm, participants.note, _("Saved.")),
    "accept": Act(Form, participants.accept, _("Accepted. The person is told by mail.")),
    "reject": Act(ReasonForm, participants.reject, _("Not accepted. The person is told by mail, and the seat is offered on.")),
    "cancel": Act(
        ReasonForm, participants.cancel_for, _("Cancelled. The person is told by mail, and the seat is offered on."),
        _("Cancelled. The seat is offered on. There is no address, so nobody was written to."),
    ),
}  # fmt: skip


@require_safe
@people_page()
def people(request: HttpRequest, event: Event) -> HttpResponse:
    """The list: search, parts, the waiting list in its order."""
    allotments = allotments_of(event)
    form = PeopleFilterForm(request.GET, allotments=allotments)
    wanted = form.wanted()
    page = Paginator(queries.people(event, **wanted), PER_PAGE).get_page(request.GET.get("seite"))
    places = queries.places_in_line(event)
    for one in page:
        one.place = places.get(one.pk)
    query = request.GET.copy()
    query.pop("seite", None)
    context = {
        "form": form, "page": page, "query": query.urlencode(), "wanted": wanted, "allotments": allotments,
        "parts": _parts(event, wanted, request), "presence": queries.presence(event),
        "may_enter": rules.may_enter_participants(request.user, event),
        "may_check_in": rules.may_check_in(request.user, event), "is_over": event.is_over(timezone.now()), "when": when(event),
    }  # fmt: skip
    return show(request, "list", event, context)


def _parts(event: Event, wanted: dict[str, str], request: HttpRequest) -> list[dict[str, Any]]:
    """Links to the parts of the list that hold somebody, with their numbers; the one shown stays in sight."""
    labels = {"": _("All that count")} | dict(Group.choices)
    counts = queries.standings(event)
    query = request.GET.copy()
    query.pop("seite", None)
    parts = []
    for standing, label in labels.items():
        query["stand"] = standing
        is_shown = standing == wanted["standing"]
        if is_shown or not standing or counts[standing]:
            parts.append({"label": label, "count": counts[standing], "query": query.urlencode(), "is_shown": is_shown})
    return parts


@people_page(rules.may_enter_participants)
def enter(request: HttpRequest, event: Event) -> HttpResponse:
    """Enter somebody by hand."""
    allotments = allotments_of(event)
    form = EnterForm(request.POST if request.method == "POST" else None, event=event, allotments=allotments)
    if form.is_valid() and (entered := _entered(request, form)):
        messages.success(request, _("%s is registered.") % entered.name)
        return redirect("events:people", event.organisation.slug, event.slug)
    return show(request, "enter", event, {"form": form}, status=400 if form.errors else 200)


def _entered(request: HttpRequest, form: EnterForm) -> Registration | None:
    """Enter; a refusal lands on the form."""
    data = form.cleaned_data
    try:
        return participants.enter(
            actor=request.user, allotment_id=data["allotment"], entry=form.entry(), note=data["note"],
            uses_reserve=data.get("uses_reserve", False), request_key=data["request_key"], now=timezone.now(),
        )  # fmt: skip
    except participants.AlreadyHere as error:
        form.add_error("email", str(error))
    except SentBefore as error:
        form.anew()
        form.add_error(None, str(error))
    except NoSeat as error:
        form.add_error(None, str(error))
    return None


@people_page()
def person(request: HttpRequest, event: Event, registration_id: Any) -> HttpResponse:
    """Everything about one registration, and what can be done about it."""
    registration = get_object_or_404(queries.person(event, registration_id))
    act = request.POST.get("act", "")
    form = ACTS[act].form(request.POST) if act in ACTS else None
    if form and form.is_valid():
        ACTS[act].service(actor=request.user, registration=registration, now=timezone.now(), **form.cleaned_data)
        done, unwritten = ACTS[act].done, ACTS[act].done_unwritten
        messages.success(request, done if registration.email or not unwritten else unwritten)
        return redirect("events:person", event.organisation.slug, event.slug, registration.pk)
    context = {
        "registration": registration,
        "note_form": form if act == "note" else NoteForm(initial={"text": registration.note}),
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(is_written=bool(registration.email)),
        "answers": answers_of(event, queries.questions_of(event), registration),
        "place": queries.places_in_line(event).get(registration.pk),
        "came": queries.seats_taken_up([registration])[registration.pk],
        "may_decide": rules.may_decide_registration(request.user, registration),
        "may_cancel": rules.may_cancel_for(request.user, registration),
    }
    return show(request, "person", event, context, status=400 if form else 200)
