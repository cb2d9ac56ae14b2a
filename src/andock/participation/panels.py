"""What participation shows on other modules' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone

from andock.accounts.queries import organisations_of
from andock.kernel.pagecache.pages import page_ends_at, page_shows, shared_part
from andock.strategy.views.reading import is_foreign

from . import queries
from .choices import PhaseTime
from .lines import next_change, process_lines
from .rules import may_keep_processes, may_moderate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from andock.organisations.models import Organisation, Region, Term
    from andock.strategy.models import ElementVersion

    from .lines import ProcessLine
    from .models import Process

SCOPES = ("participation", "organisations")
MOST = 6


def running(request: HttpRequest, region: Region) -> str:
    """On the home page: what people can take part in now."""
    now = timezone.now()
    return _shown(request, _open(request, now)[:3], now)


def of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """On its page: its processes that run or come."""
    now = timezone.now()
    return _shown(request, [one for one in _open(request, now) if one.organisation_id == organisation.pk], now)


def of_topic(request: HttpRequest, terms: Sequence[Term]) -> str:
    """The open processes that carry any of the terms."""
    wanted, now = {term.pk for term in terms}, timezone.now()
    found = [one for one in _open(request, now) if wanted & {term.pk for term in one.terms.all()}]
    return _shown(request, found[:MOST], now)


def take_part(request: HttpRequest, region: Region) -> str:
    """On the page about taking part: what runs now."""
    now = timezone.now()
    return _shown(request, _open(request, now)[:MOST], now)


def of_element(request: HttpRequest, version: ElementVersion) -> str:
    """On a passage: how many contributions it got, and what was changed for them."""
    scopes = ("contributions", "strategy")  # a local version comes into force
    page_shows(request, *scopes)
    counts = shared_part(request, "contributions by element", queries.counts_by_element, scopes=scopes)
    if version.element_id not in counts:
        return ""
    context = {
        "count": counts[version.element_id],
        "changes": queries.changes_of(version.element_id),
        "version": version,
    }
    return render_to_string("participation/panel_element.html", context, request)


def desks(request: HttpRequest, thing: Any = None) -> str:
    """On the start of the administration: the ways to participation, and what waits."""
    own = [found for found, _roles in organisations_of(request.user, timezone.localdate())]
    lines = [
        {"organisation": found, "waiting": queries.queue_of(found).count(), "keeps": may_keep_processes(request.user, found)}
        for found in own if may_moderate(request.user, found)
    ]  # fmt: skip
    return render_to_string("participation/panel_start.html", {"desks": lines}, request) if lines else ""


def _open(request: HttpRequest, now: datetime) -> list[Process]:
    """What runs and what comes, read once for all pages until it changes."""
    page_shows(request, *SCOPES)
    found = shared_part(request, "open processes", lambda: list(queries.public_processes()), scopes=SCOPES)
    open_ones = [one for one in process_lines(found, now) if one.time != PhaseTime.OVER]
    open_ones.sort(key=_soonest)
    page_ends_at(request, next_change(found, now))
    return [one.process for one in open_ones]


def _soonest(line: ProcessLine) -> tuple[bool, datetime]:
    """What runs first, and of that what ends first."""
    assert line.now is not None, "Every process has a phase."
    return line.time != PhaseTime.RUNNING, line.now.phase.ends_at


def _shown(request: HttpRequest, found: list[Process], now: datetime) -> str:
    if not found:
        return ""
    context = {"lines": process_lines(found, now), "foreign": is_foreign()}
    return render_to_string("participation/panel.html", context, request)
