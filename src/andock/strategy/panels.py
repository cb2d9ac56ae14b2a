"""What the strategy offers on pages of lower modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from . import queries
from .rules import may_edit_framework

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


def editing(request: HttpRequest, thing: Any = None) -> SafeString | str:
    """The way to the editor, on the desk of those who may use it."""
    framework = queries.the_framework()
    if framework is None or not may_edit_framework(request.user, framework):
        return ""
    context = {"framework": framework, "open": queries.open_editions(framework)}
    return render_to_string("strategy/editing/_panel.html", context, request)
