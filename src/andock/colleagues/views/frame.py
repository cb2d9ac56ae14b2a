"""What the pages between offices share: whose desk it is, crumbs and messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


View = Callable[..., "HttpResponse"]
Crumb = tuple[str, str]
"""The words and the address of a page above."""


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *above: Crumb, here: str, status: int | None = None
) -> HttpResponse:
    """Render a page with the way to it and what there is to tell."""
    way = [(_("Administration"), reverse("accounts:start")), *above, (here, "")]
    crumbs = [{"label": label, "url": url} for label, url in way]
    context = context | {"crumbs": crumbs, "messages": get_messages(request)}
    return render(request, f"colleagues/{template}.html", context, status=status)
