"""For the agency: what a draft edition would mean for the municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andock.strategy.views.editor import edition_page

from ..outlook import outlook
from ..rules import may_see_outlook

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.strategy.models import Edition


@require_safe
@edition_page
def ahead(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Per element: how many hold it in which state, what would be asked, who would have to decide by hand."""
    may_see_outlook(request.user, edition).demand()
    context = {"edition": edition, "ahead": outlook(edition), "crumbs": crumbs(edition, _("What it would mean"))}
    return render(request, "local_strategies/outlook/ahead.html", context)


def crumbs(edition: Edition, here: str) -> list[dict[str, Any]]:
    """The way back through the editor of the strategy."""
    return [
        {"label": _("Edit the strategy"), "url": reverse("strategy:edit")},
        {"label": edition.label, "url": reverse("strategy:edit_edition", args=[edition.ordinal])},
        {"label": here, "url": ""},
    ]
