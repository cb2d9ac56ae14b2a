"""The page on which the agency records that an organisation follows others: first a look at what it does, then the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andock.kernel.dates import parse_date
from andock.kernel.permissions import Denied
from andock.organisations.queries import municipalities_on
from andock.organisations.rules import may_keep_register

from .. import queries
from ..services import takeover
from ..succession_form import SuccessionForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PAGE = "strategy/succession.html"


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form; when it is complete, what the act would do; when that was confirmed, the act."""
    may_keep_register(request.user).demand()
    form = SuccessionForm(request.POST or None)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=400 if form.errors else 200)
    step = request.POST.get("step", "")
    if step == "back":
        return render(request, PAGE, {"form": SuccessionForm(initial=form.cleaned_data)})
    if step != "record":
        return _look(request, form)
    done = _tried(form, lambda: takeover.follow(actor=request.user, **form.cleaned_data))
    if done is None:
        return render(request, PAGE, {"form": form}, status=400)
    messages.success(request, _("The succession is recorded.") if done else _("This was recorded before."))
    return redirect("portal:municipality", form.cleaned_data["successor"].slug)


def _look(request: HttpRequest, form: SuccessionForm) -> HttpResponse:
    """What the act would do, with the figures of its day before and after."""
    values = form.cleaned_data
    day = parse_date(values["date"]).latest
    before = _figures(day)
    after: list[queries.Participation] = []
    done = _tried(
        form, lambda: takeover.rehearse(look=lambda: after.append(_figures(day)), actor=request.user, **values)
    )
    if done is None:
        return render(request, PAGE, {"form": form}, status=400)
    context = {"form": form, "act": values, "date": parse_date(values["date"]), "done": done}
    context |= {"kind": dict(form.fields["kind"].choices)[values["kind"]], "before": before, "after": after[0]}
    return render(request, "strategy/succession_look.html", context)


def _figures(day: Any) -> queries.Participation:
    return queries.participation_on(day, municipalities_on(day), queries.periods_on(day))


def _tried(form: SuccessionForm, act: Callable[[], takeover.Followed]) -> takeover.Followed | None:
    """What the act did; None where it was refused, with the reason on the form."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error.messages)
    except Denied as error:
        form.add_error(None, str(error))
    return None
