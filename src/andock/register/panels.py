"""What docking offers on pages of lower modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from andock.accounts.queries import organisations_of
from andock.strategy.queries import the_framework

from . import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


def docking(request: HttpRequest, thing: Any = None) -> SafeString | str:
    """The ways to docking, on the desk of those who take part in it."""
    framework = the_framework()
    if framework is None:
        return ""
    own = [
        found for found, _held in organisations_of(request.user, localdate()) if rules.may_prepare(request.user, found)
    ]
    is_agency = bool(rules.may_see_procedure(request.user, framework))
    if not own and not is_agency:
        return ""
    waiting = queries.waiting_declarations(framework).count() if is_agency else 0
    return render_to_string("register/_panel.html", {"own": own, "is_agency": is_agency, "waiting": waiting}, request)
