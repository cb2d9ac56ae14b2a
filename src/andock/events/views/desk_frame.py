"""What the pages of the desk share: whose it is, which event, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from andock.organisations.queries import organisations

from .. import queries, rules

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Denied
    from andock.organisations.models import Organisation

    from ..models import Event
    from ..services.desk import Unfit

CONFLICT = 409
View = Callable[..., "HttpResponse"]


def desk_page(view: View) -> View:
    """A page of the people who keep an organisation's events: ``view(request, organisation, …)``."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = get_object_or_404(organisations(), slug=slug)
        rules.may_keep_events(request.user, organisation).demand()
        return view(request, organisation, **kwargs)

    return page


def event_page(view: View) -> View:
    """A page about one event of the organisation, whatever its state: ``view(request, event, …)``."""

    @desk_page
    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, event: str, **kwargs: Any) -> HttpResponse:
        found = queries.own_event(organisation, event)
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return page


def editing_page(view: View) -> View:
    """As ``event_page``, where the event may be changed; else its overview says why not."""

    @event_page
    @wraps(view)
    def page(request: HttpRequest, event: Event, **kwargs: Any) -> HttpResponse:
        verdict = rules.may_edit_event(request.user, event)
        if not verdict and request.method == "GET":
            messages.warning(request, verdict.reason)
            return to(event)
        return view(request, event, **kwargs)

    return page


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int | None = None
) -> HttpResponse:
    """Render a page of the desk with its crumbs and what there is to tell."""
    event: Event | None = context.get("event")
    organisation = context.get("organisation") or event.organisation
    crumbs = [
        {"label": _("Administration"), "url": reverse("accounts:start")},
        {"label": _("Events of %s") % organisation, "url": reverse("events:desk", args=[organisation.slug])},
    ]
    crumbs += [{"label": event.title, "url": address("edit", event)}] if event else []
    crumbs += [{"label": here, "url": ""}] if here else []
    context = context | {"organisation": organisation, "crumbs": crumbs, "messages": get_messages(request)}
    return render(request, f"events/desk/{template}.html", context, status=status)


def address(name: str, event: Event, *arguments: Any) -> str:
    return reverse(f"events:{name}", args=[event.organisation.slug, event.slug, *arguments])


def to(event: Event, name: str = "edit") -> HttpResponse:
    return redirect(address(name, event))


def put_problems(form: Form, refused: Unfit | Denied) -> None:
    """The sentences of a refusal at the fields they speak of; where the form has none of this name, above it."""
    for field, sentence in getattr(refused, "problems", [("", str(refused))]):
        form.add_error(field if field in form.fields else None, sentence)
