"""Who writes the questions and until when, who answers, who sees the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.participation import rules as frame
from andock.participation.choices import PhaseTime

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.participation.models import Phase

    from .models import Questionnaire

    Actor = User | AnonymousUser


def may_word_questions(actor: Actor, phase: Phase) -> Verdict:
    """Whoever keeps the process mends words at any time."""
    return frame.may_edit_process(actor, phase.process)


def may_change_questions(actor: Actor, questionnaire: Questionnaire) -> Verdict:
    """Add, move, delete, other answers to choose from: until the first has answered."""
    if questionnaire.submissions.exists():
        return denied(
            _("Somebody has answered already, so only the wording of questions and hints can be mended. Everybody must be asked the same.")
        )  # fmt: skip
    return may_word_questions(actor, questionnaire.phase)


def may_enter_paper(actor: Actor, questionnaire: Questionnaire, now: datetime | None = None) -> Verdict:
    """From the beginning of the phase on; also afterwards, for the post takes its time."""
    phase = questionnaire.phase
    if not phase.process.is_public or phase.time_at(now or timezone.now()) == PhaseTime.COMING:
        return denied(_("Paper can be entered from the day on which the phase begins and the process is published."))
    return frame.may_edit_process(actor, phase.process)


def may_see_results(actor: Actor, phase: Phase, now: datetime | None = None) -> Verdict:
    """Everybody when the phase of a published process is over; before that whoever keeps the process."""
    if phase.process.is_public and phase.time_at(now or timezone.now()) == PhaseTime.OVER:
        return ALLOWED
    if frame.may_keep_processes(actor, phase.process.organisation):
        return ALLOWED
    ends = date_format(timezone.localtime(phase.ends_at), "DATETIME_FORMAT")
    return denied(_("The result stands here from %s on: nobody should answer as others did.") % ends)


def may_release_words(actor: Actor, phase: Phase) -> Verdict:
    """Say which answers in own words everybody may read."""
    return frame.may_edit_process(actor, phase.process)
