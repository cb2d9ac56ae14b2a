"""What the local strategy shows on other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.timezone import localdate

from andock.accounts.queries import organisations_of
from andock.kernel.pagecache.pages import page_shows, shared_part

from . import queries
from .desk_queries import desks_of
from .rules import may_work_on_strategy
from .run_panels import take_over

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.organisations.models import Organisation


def work(request: HttpRequest, thing: Any = None) -> SafeString:
    """What waits for those who write a local strategy, and the ways to their workspaces."""
    held = organisations_of(request.user, localdate())
    own = [found for found, _roles in held if may_work_on_strategy(request.user, found)]
    return format_html("{}{}", take_over(request), _ways(request, own))


def of_municipality(request: HttpRequest, organisation: Organisation) -> SafeString:
    """The version in force, and for its own people the way to the workspace."""
    scope = f"local:{organisation.slug}"
    page_shows(request, scope)
    name = f"local strategy of {organisation.pk}"
    in_force = shared_part(request, name, lambda: _in_force(organisation), scopes=("strategy", scope))
    return format_html("{}{}", in_force, _desk_of(request, organisation))


def _in_force(organisation: Organisation) -> SafeString | str:
    version = queries.public_versions(organisation).defer("resolved").first()
    context = {"organisation": organisation, "version": version}
    return render_to_string("local_strategies/panel_municipality.html", context) if version else ""


def _desk_of(request: HttpRequest, organisation: Organisation) -> SafeString | str:
    if not request.user.is_authenticated or not may_work_on_strategy(request.user, organisation):
        return ""
    return _ways(request, [organisation])


def _ways(request: HttpRequest, organisations: list[Organisation]) -> SafeString | str:
    if not organisations:
        return ""
    return render_to_string("local_strategies/desk/_panel.html", {"desks": desks_of(organisations)}, request)
