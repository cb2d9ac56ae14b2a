"""What local strategies offer on pages of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.timezone import localdate

from andock.accounts.queries import organisations_of

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
    return format_html("{}{}", take_over(request), _panel(request, own))


def desk_of(request: HttpRequest, organisation: Organisation) -> SafeString | str:
    """The way to the workspace on the municipality's own page; only its own people see it."""
    if not request.user.is_authenticated or not may_work_on_strategy(request.user, organisation):
        return ""
    return _panel(request, [organisation])


def _panel(request: HttpRequest, organisations: list[Organisation]) -> SafeString | str:
    if not organisations:
        return ""
    return render_to_string("local_strategies/desk/_panel.html", {"desks": desks_of(organisations)}, request)
