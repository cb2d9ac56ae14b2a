"""Report a barrier: one form, no account, no script needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import services
from ..forms import BarrierForm
from ..senders import sender_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays when something is missing or too many reports came from one place."""
    if request.method != "POST":
        form = BarrierForm(initial={"page": request.GET.get("seite", "")[:500]})
        return render(request, "cms/barrier_form.html", {"form": form})
    form = BarrierForm(request.POST)
    if form.is_valid() and (form.is_from_a_robot or _reported(request, form)):
        return redirect("report_barrier_thanks")
    return render(request, "cms/barrier_form.html", {"form": form}, status=429 if form.too_many else 422)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/barrier_thanks.html")


def _reported(request: HttpRequest, form: BarrierForm) -> bool:
    """Hand the report on; False and a sentence in the form where the limit is reached."""
    sender = sender_of(request)
    verdict = services.may_report_barrier(sender)
    if not verdict:
        form.refuse(str(verdict.reason))
        return False
    services.report_barrier(sender=sender, **form.values)
    return True
