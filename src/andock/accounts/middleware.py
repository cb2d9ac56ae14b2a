"""The door before every page where something is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from .views.typed import signed_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse


class SecondFactorMiddleware:
    """Below ``ANDOCK_EDITING_PATHS``: sign in first; who may edit needs a second factor, but not in demo mode.

    Pages elsewhere stay untouched, so that they may be cached without looking at the account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not is_editing_path(request.path_info):
            return None
        if not request.user.is_authenticated:
            return signed_out(request)
        if settings.ANDOCK_DEMO or not request.user.is_editing or is_mfa_enabled(request.user):
            return None
        messages.info(request, _("Please set up a second factor first: it protects what you may change."))
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.get_full_path()})}")

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Allauth's pages call its own notion of a site ``site``; the frame's context of that name must show through."""
        match = request.resolver_match
        if match and match.func.__module__.startswith("allauth.") and response.context_data:
            response.context_data.pop("site", None)
            _without_placeholders(response.context_data.get("form"))
        return response


def _without_placeholders(form: Form | None) -> None:
    """A placeholder repeats the label in grey and vanishes when somebody types."""
    for field in form.fields.values() if form else ():
        field.widget.attrs.pop("placeholder", None)


def is_editing_path(path: str) -> bool:
    """Whether the path, without the language before it, is one where things are changed."""
    language = get_language_from_path(path)
    plain = path[len(language) + 1 :] if language else path
    return plain.startswith(tuple(settings.ANDOCK_EDITING_PATHS))
