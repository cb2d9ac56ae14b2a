"""What the pages of the desk share: whose it is, which process, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.organisations.views.desks import desk_of

from .. import queries, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Process

LONGEST = 18
"""Digits of a number the database can have."""
View = Callable[..., "HttpResponse"]


def process_page(view: View) -> View:
    """A page about one process of the organisation, whatever its state: ``view(request, process, …)``."""

    @desk_of(rules.may_keep_processes)
    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, process: str, **kwargs: Any) -> HttpResponse:
        found = queries.own_process(organisation, process)
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return page


def answering_page(view: View) -> View:
    """As ``process_page``, and open for an office that answers in another's process: ``view(request, process, office, …)``."""

    @desk_of(rules.may_keep_processes)
    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, process: str, **kwargs: Any) -> HttpResponse:
        found = queries.process_answered_by(organisation, process)
        if found is None:
            raise Http404
        return view(request, found, organisation, **kwargs)

    return page


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int | None = None,
    folder: str = "participation/desk",
) -> HttpResponse:  # fmt: skip
    """Render a page of the desk with its crumbs and what there is to tell. Tools have a ``folder`` of their own."""
    process: Process | None = context.get("process")
    organisation = context.get("organisation") or process.organisation
    crumbs = [
        {"label": _("Administration"), "url": reverse("accounts:start")},
        {"label": _("Participation of %s") % organisation, "url": reverse("participation:desk", args=[organisation.slug])},
    ]  # fmt: skip
    crumbs += [{"label": process.title, "url": _page_of(process, organisation)}] if process else []
    crumbs += [{"label": here, "url": ""}] if here else []
    context = context | {"organisation": organisation, "crumbs": crumbs, "messages": get_messages(request)}
    return render(request, f"{folder}/{template}.html", context, status=status)


def ticked(request: HttpRequest) -> set[int]:
    """What was ticked in a list, whatever the form says to it."""
    return numbers_in(request.POST.getlist("chosen"))


def numbers_in(words: Iterable[str]) -> set[int]:
    """Those of the words that are numbers the database can have."""
    return {int(word) for word in words if word.isdecimal() and len(word) <= LONGEST}


def _page_of(process: Process, organisation: Organisation) -> str:
    """The desk's page for whoever holds the process, else that of the office that answers in it."""
    is_own = process.organisation_id == organisation.pk
    return reverse(f"participation:{'overview' if is_own else 'contributions'}", args=[organisation.slug, process.slug])


def address(name: str, process: Process, *arguments: Any) -> str:
    return reverse(f"participation:{name}", args=[process.organisation.slug, process.slug, *arguments])


def to(process: Process, name: str = "overview") -> HttpResponse:
    return redirect(address(name, process))
