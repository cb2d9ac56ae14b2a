"""What take-overs offer on other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from andock.accounts.queries import organisations_of

from . import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.organisations.models import Organisation

    from .models import Version


def take_over(request: HttpRequest, thing: Any = None) -> SafeString | str:
    """New editions and what was put off, on the start page of those who work on a local strategy."""
    own = [town for town, _held in organisations_of(request.user, localdate()) if rules.may_work_on_strategy(request.user, town)]  # fmt: skip
    found = [notice for town in own if (notice := notice_for(town))]
    return render_to_string("local_strategies/run/_panel.html", {"notices": found}, request) if found else ""


def notice_for(organisation: Organisation) -> dict[str, Any] | None:
    """What waits for an organisation: an open take-over, editions it has not taken over, things put off until today."""
    strategy = queries.strategy_of(organisation)
    version = queries.working_version(strategy) if strategy else None
    return notice_about(version) if version else None


def notice_about(version: Version) -> dict[str, Any] | None:
    """The same, for who has the version in hand that is worked on."""
    run = queries.open_run(version.strategy)
    ahead, due = queries.editions_ahead(version), queries.due_deferrals(version, localdate())
    if not (run or ahead or due):
        return None
    left = queries.still_open(run) if run else 0
    return {"organisation": version.strategy.organisation, "run": run, "left": left, "ahead": ahead, "due": due}
