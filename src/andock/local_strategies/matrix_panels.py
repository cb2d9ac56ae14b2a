"""What the regional view offers on pages of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from andock.kernel.pagecache.pages import page_shows, shared_part

from .matrix import taking_part, tallies_of
from .offering import open_offers, taken_wordings
from .rules import may_see_outlook, may_take_offers, may_work_on_strategy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.organisations.models import Organisation
    from andock.strategy.models import Edition, ElementVersion


def municipalities_of_element(request: HttpRequest, version: ElementVersion) -> SafeString | str:
    """How many municipalities take an element over, adapt or decline it."""
    page_shows(request, "strategy", "register")
    today = localdate()
    here = shared_part(request, "taking part", lambda: taking_part(today), scopes=("strategy",), on=today)
    tallies = tallies_of(version.element_id, here)
    return (
        render_to_string("local_strategies/matrix/panel_element.html", {"tallies": tallies}, request) if tallies else ""
    )


def municipalities_of_draft(request: HttpRequest, edition: Edition) -> SafeString | str:
    """In the strategy's editor: the way to what a draft would mean."""
    if not may_see_outlook(request.user, edition):
        return ""
    context = {"edition": edition, "waiting": open_offers(edition.framework).count()}
    return render_to_string("local_strategies/outlook/_panel_edition.html", context, request)


def wordings_for_passage(request: HttpRequest, version: ElementVersion) -> SafeString | str:
    """In the strategy's editor, beside a passage: what municipalities have written there and the agency has taken up."""
    if not may_take_offers(request.user, version.edition.framework):
        return ""
    found = list(taken_wordings(version.edition, version.element_id))
    return (
        render_to_string("local_strategies/offers/_panel_passage.html", {"wordings": found}, request) if found else ""
    )


def offers_of_town(request: HttpRequest, organisation: Organisation) -> SafeString | str:
    """On the town's docking page: the way to what it can offer to the region."""
    if not may_work_on_strategy(request.user, organisation):
        return ""
    return render_to_string("local_strategies/offers/_panel_town.html", {"organisation": organisation}, request)
