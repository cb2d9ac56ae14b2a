"""What the pages of the desks share: whose it is, which card or guide, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from andock.organisations.queries import organisations

from .. import queries, rules, transfer_queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andock.kernel.permissions import Denied, Verdict
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict

    from ..models import Finding, Guide, Solution, Transfer
    from ..services.desk import Unfit

    Thing = Solution | Guide | Transfer | Finding

CONFLICT = 409
View = Callable[..., "HttpResponse"]
DESKS = {
    "solution": gettext_lazy("Solutions of %s"), "guide": gettext_lazy("Guides of %s"),
    "transfer": gettext_lazy("Take-overs of %s"), "finding": gettext_lazy("Findings of %s"),
}  # fmt: skip
"""What is written at which desk; its templates begin with the word."""


def solution_desk(view: View) -> View:
    """A page of the people who keep an organisation's solutions: ``view(request, organisation, …)``."""
    return _desk(view, rules.may_keep_solutions)


def guide_desk(view: View) -> View:
    """A page of the people who keep an organisation's guides: ``view(request, organisation, …)``."""
    return _desk(view, rules.may_keep_guides)


def _desk(view: View, may_keep: Callable[..., Verdict]) -> View:
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = get_object_or_404(organisations(), slug=slug)
        may_keep(request.user, organisation).demand()
        return view(request, organisation, **kwargs)

    return page


def finding_desk(view: View) -> View:
    """A page of the people who write an organisation's findings: ``view(request, organisation, …)``."""
    return _desk(view, rules.may_keep_findings)


def solution_page(view: View) -> View:
    """A page about one card of the organisation, whatever its state: ``view(request, solution, …)``."""
    return solution_desk(_about(view, "solution", queries.own_solution))


def guide_page(view: View) -> View:
    """A page about one guide of the organisation, whatever its state: ``view(request, guide, …)``."""
    return guide_desk(_about(view, "guide", queries.own_guide))


def finding_page(view: View) -> View:
    """A page about one finding of the organisation, whatever its state: ``view(request, finding, …)``."""
    return finding_desk(_about(view, "finding", transfer_queries.own_finding))


def _about(view: View, word: str, find: Callable[[Organisation, Any], Thing | None]) -> View:
    """The organisation's own thing that the address names by ``word``; 404 where it has none."""

    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, **kwargs: Any) -> HttpResponse:
        found = find(organisation, kwargs.pop(word))
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return page


def transfer_desk(view: View) -> View:
    """A page about an organisation's take-overs: ``view(request, organisation, …)``."""
    return _desk(view, rules.may_keep_transfers)


def transfer_page(view: View) -> View:
    """A page about a transfer the organisation takes part in: ``view(request, organisation, transfer, …)``."""

    @transfer_desk
    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, transfer: UUID, **kwargs: Any) -> HttpResponse:
        found = transfer_queries.transfer_at(organisation, transfer)
        if found is None:
            raise Http404
        return view(request, organisation, found, **kwargs)

    return page


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int | None = None
) -> HttpResponse:
    """Render a page of a desk with its crumbs and what there is to tell."""
    name = next((word for word in DESKS if word in template), "solution")
    thing: Thing | None = context.get(name)
    organisation = context.get("organisation") or thing.organisation
    crumbs = [
        {"label": _("Administration"), "url": reverse("accounts:start")},
        {"label": DESKS[name] % organisation, "url": reverse(f"knowledge:{name}_desk", args=[organisation.slug])},
    ]
    crumbs += [{"label": str(thing), "url": address("edit", thing, organisation=organisation)}] if thing else []
    crumbs += [{"label": here, "url": ""}] if here else []
    keeps = bool(rules.may_keep_solutions(request.user, organisation))
    context |= {
        "organisation": organisation, "keeps": keeps, "desk": name, "crumbs": crumbs, "messages": get_messages(request),
    }  # fmt: skip
    return render(request, f"knowledge/desk/{template}.html", context, status=status)


def address(act: str, thing: Thing, *arguments: Any, organisation: Organisation | None = None) -> str:
    """The address of an act on a thing, such as ``edit``, at the desk of its owner or of the one named."""
    desk = organisation or thing.organisation
    word = getattr(thing, "slug", thing.pk)
    return reverse(f"knowledge:{act}_{thing._meta.model_name}", args=[desk.slug, word, *arguments])


def to(thing: Thing, act: str = "edit", *, organisation: Organisation | None = None) -> HttpResponse:
    return redirect(address(act, thing, organisation=organisation))


def put_problems(form: Form, refused: Unfit | Denied) -> None:
    """The sentences of a refusal at the fields they speak of; where the form has none of this name, above it."""
    for field, sentence in getattr(refused, "problems", [("", str(refused))]):
        form.add_error(field if field in form.fields else None, sentence)


def refused(
    request: HttpRequest, thing: Thing, reason: object, *, organisation: Organisation | None = None
) -> HttpResponse:
    """Whoever comes too late, or presses twice, reads why on the thing's own page."""
    messages.warning(request, str(reason))
    return to(thing, organisation=organisation)


def theirs(form: Form, name: str, conflicts: dict[str, Conflict]) -> str | None:
    """What somebody else saved meanwhile, as people read it; None where nobody did."""
    if name not in conflicts:
        return None
    value, labels = conflicts[name].theirs, dict(flatten_choices(getattr(form.fields[name], "choices", ())))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(labels.get(one, one)) for one in value) or "–"
    return str(labels.get(value, value)) if value not in {None, ""} else "–"
