"""What consultations show on the frame's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from andock.kernel.pagecache.pages import page_ends_at, page_shows
from andock.participation.choices import PhaseKind
from andock.participation.queries import phase_of

from . import queries, rules

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.participation.models import Phase, Process


def of_phase(request: HttpRequest, phase: Phase) -> str:
    """On the page of a process: the way to the text, and how much was said about it."""
    if phase.kind != PhaseKind.TEXT:
        return ""
    page_shows(request, f"process:{phase.process.slug}", "strategy")
    subject, now = queries.subject_of(phase), timezone.now()
    if subject and subject.version and not subject.version.is_frozen:
        # A local draft may be taken back at any moment.
        page_ends_at(request, now)
    context = {
        "process": phase.process, "count": sum(queries.counts_of(phase).values()),
        "may_read": bool(subject and rules.may_read_text(request.user, subject)),
        "may_say": bool(subject and rules.may_comment(request.user, subject, now)),
    }  # fmt: skip
    return render_to_string("consultation/panel_phase.html", context, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """On the desk's page of a process: which text, whether people can read it, where most was said."""
    phase = phase_of(process, PhaseKind.TEXT)
    if phase is None:
        return ""
    subject = queries.subject_of(phase)
    is_open = bool(subject and rules.may_read_text(AnonymousUser(), subject))
    may_enter = subject and rules.may_enter_paper(request.user, subject)
    context = {"process": process, "subject": subject, "is_open": is_open, "may_enter": may_enter}
    return render_to_string("consultation/panel_desk.html", context, request)
