"""The demo's post office: mails that demo mode keeps instead of sending."""

from __future__ import annotations

from email.header import decode_header, make_header
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .delivery import from_line
from .links import blocks_with_links
from .queries import readable_messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

ON_A_PAGE = 50


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Outside demo mode the page does not exist: mails hold personal data and sign-in links."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ANDOCK_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@never_cache
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """All mails of the demo."""
    page = Paginator(readable_messages(), ON_A_PAGE).get_page(request.GET.get("seite"))
    return render(request, "notifications/post.html", {"page": page})


@demo_only
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as its HTML part shows it, its links to be followed, and as plain text."""
    message = get_object_or_404(readable_messages(), pk=pk)
    sender = str(make_header(decode_header(from_line(message))))
    context = {"message": message, "from_line": sender, "blocks": blocks_with_links(message.text)}
    return render(request, "notifications/letter.html", context)


@demo_only
@never_cache
@require_safe
def letter_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar entry that travels with a mail."""
    message = get_object_or_404(readable_messages().exclude(calendar=""), pk=pk)
    return HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8")
