"""The gate of the editorial office: only the agency's editors pass, with a policy of its own for scripts.

Whoever passes stands in one Wagtail group that holds the rights on pages, images and documents. The group follows the
membership at every request, so a role that has ended ends here at once. See docs/develop/decisions/0007-editorial-office.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.constants import HEADER
from django.utils.translation import gettext_lazy as _

from andock.accounts.queries import is_agency_editor
from andock.kernel.permissions import ALLOWED, Verdict, denied

from .editors import keep_in_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from andock.accounts.models import User

OFFICE = "/redaktion/"
# Wagtail's editor writes style attributes and a few inline scripts. Nothing outside this path gets this policy.
OFFICE_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}


class EditorialGate:
    """Middleware; does nothing outside the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(OFFICE):
            return self.get_response(request)
        response = self.get_response(request)
        _set_policy(response)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Raise ``Denied`` for people without the role. Those not signed in are sent to the login by Wagtail."""
        if request.path_info.startswith(OFFICE) and request.user.is_authenticated:
            may_edit_pages(request.user).demand()


def _set_policy(response: HttpResponseBase) -> None:
    """The office's policy. A preview is a public page with its own strict one; the editor may frame it."""
    if preview := response.headers.get(HEADER):
        response.headers[HEADER] = preview.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    else:
        # What django-csp's own decorator sets.
        response._csp_config = OFFICE_POLICY  # noqa: SLF001  the name django-csp reads


def may_edit_pages(user: User) -> Verdict:
    """Pages, images and documents belong to the agency's editors."""
    allowed = is_agency_editor(user)
    keep_in_step(user, allowed)
    if allowed:
        return ALLOWED
    return denied(_("Pages are edited by the region's agency. Ask the agency for the role “agency editor”."))
