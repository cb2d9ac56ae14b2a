"""Did a guide help? A form on a page of its own, without an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from andock.kernel.pagecache.pages import public_page
from andock.kernel.permissions import Denied
from andock.strategy.views.reading import is_foreign

from .. import queries, rules
from ..forms.feedback import FeedbackForm
from ..services import feedback as service

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..models import Guide


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed stays whatever is refused."""
    guide = _guide(request, slug)
    if request.method != "POST":
        return _page(request, guide, FeedbackForm(initial={"helped": request.GET.get("geholfen")}))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, guide, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_from_a_robot:
        try:
            service.give(actor=request.user, guide=guide, **form.values, today=timezone.localdate())
        except (service.TooMany, Denied) as refused:
            form.add_error(None, str(refused))
            return _page(request, guide, form, HTTPStatus.TOO_MANY_REQUESTS)
    return redirect("knowledge:feedback_thanks", slug)


@require_safe
@public_page(scopes=("guides",))
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "knowledge/feedback_thanks.html", {"guide": _guide(request, slug), "foreign": is_foreign()})


def _guide(request: HttpRequest, slug: str) -> Guide:
    found = queries.guide_at(slug)
    if found is None or not rules.may_give_feedback(request.user, found):
        raise Http404
    return found


def _page(request: HttpRequest, guide: Guide, form: FeedbackForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"guide": guide, "form": form, "foreign": is_foreign()}
    return render(request, "knowledge/feedback.html", context, status=status)
