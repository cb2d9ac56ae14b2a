"""What the strategy offers on pages of lower modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from andock.kernel.pagecache.pages import page_shows

from . import queries
from .rules import may_edit_framework

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.organisations.models import Term


def editing(request: HttpRequest, thing: Any = None) -> SafeString | str:
    """The way to the editor, on the desk of those who may use it."""
    framework = queries.the_framework()
    if framework is None or not may_edit_framework(request.user, framework):
        return ""
    context = {"framework": framework, "open": queries.open_editions(framework)}
    return render_to_string("strategy/editing/_panel.html", context, request)


def succession(request: HttpRequest, thing: Any = None) -> SafeString:
    """The way to record who follows whom, which decides about the docking too."""
    return render_to_string("strategy/panel_succession.html", {}, request)


def elements_of_topic(request: HttpRequest, terms: Iterable[Term]) -> SafeString | str:
    """The elements of the edition in force that carry any of the terms."""
    page_shows(request, "strategy")
    elements = queries.elements_in_force_carrying(terms)
    if not elements:
        return ""
    context = {"edition": elements[0].edition, "elements": elements}
    return render_to_string("strategy/panel_topic.html", context, request)
