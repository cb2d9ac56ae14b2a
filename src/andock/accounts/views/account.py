"""One's own account, and how long the present session lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..queries import homes_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What belongs to one's own account."""
    context = {
        "has_second_factor": is_mfa_enabled(request.user),
        "has_provider": bool(settings.SOCIALACCOUNT_PROVIDERS), "homes": homes_of(request.user),
    }  # fmt: skip
    return render(request, "accounts/overview.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Seconds until the session ends, 0 when signed out; a POST begins them anew.

    Answers a script with JSON, and a form sent without one by going back to where it came from.
    """
    if request.method == "POST" and request.user.is_authenticated:
        request.session.save()  # at once, so that the answer tells the new end
        request.session.modified = True  # and the cookie with it
    if request.method == "POST" and "text/html" in request.headers.get("Accept", ""):
        back = request.headers.get("Referer", "")
        return redirect(
            back if back and url_has_allowed_host_and_scheme(back, {request.get_host()}) else "accounts:start"
        )
    return JsonResponse({"seconds": seconds_left(request)})


def seconds_left(request: HttpRequest) -> int:
    """How long the session still lasts. Asking does not prolong it."""
    if not request.user.is_authenticated:
        return 0
    ends_at = Session.objects.filter(pk=request.session.session_key).values_list("expire_date", flat=True).first()
    return max(0, int((ends_at - timezone.now()).total_seconds())) if ends_at else 0
