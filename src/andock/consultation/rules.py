"""Who chooses the text of a consultation, who reads it there, and when people may say something about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.local_strategies import rules as local_strategies
from andock.local_strategies.choices import VersionState
from andock.participation import rules as participation
from andock.participation.choices import PhaseTime
from andock.strategy import rules as strategy

if TYPE_CHECKING:
    from datetime import datetime

    from andock.accounts.models import User
    from andock.local_strategies.models import Version
    from andock.participation.models import Phase
    from andock.strategy.models import Edition

    from .models import Subject

    Actor = User | AnonymousUser


def may_choose_text(actor: Actor, phase: Phase) -> Verdict:
    """Whoever keeps the process, until somebody has said something about the text."""
    if phase.contributions.exists():
        return denied(
            _("People have said something about this text already, so it stays the one they are asked about.")
        )
    return participation.may_edit_process(actor, phase.process)


def may_offer_edition(actor: Actor, edition: Edition, phase: Phase) -> Verdict:
    """Only who owns the framework asks about its drafts."""
    if edition.framework.owner_id != phase.process.organisation_id:
        return denied(_("%s asks only about texts of its own.") % phase.process.organisation)
    if edition.is_frozen:
        return denied(_("%s is in force or superseded, so nothing in it can change. Choose a draft.") % edition.label)
    return strategy.may_edit_framework(actor, edition.framework)


def may_offer_version(actor: Actor, version: Version, phase: Phase) -> Verdict:
    """A municipality asks about its own local strategy, never about another's."""
    if version.strategy.organisation_id != phase.process.organisation_id:
        return denied(_("%s asks only about texts of its own.") % phase.process.organisation)
    if version.is_frozen:
        return denied(_("This version is in force or superseded and stays as it is. Begin a new draft."))
    return local_strategies.may_work_on_strategy(actor, version.strategy.organisation)


def may_read_text(actor: Actor, subject: Subject) -> Verdict:
    """An edition by the strategy's own rule; a local draft while a releaser has it in participation and the process is public.

    Taken back or submitted it is a draft again, which only the organisation's people read.
    """
    if subject.edition:
        return strategy.may_see_edition(actor, subject.edition)
    assert subject.version is not None
    if subject.version.state == VersionState.PARTICIPATION and subject.phase.process.is_public:
        return ALLOWED
    return local_strategies.may_see_version(actor, subject.version)


def may_comment(actor: Actor, subject: Subject, now: datetime | None = None) -> Verdict:
    """Everybody while the phase runs, about what everybody can read."""
    if not may_read_text(AnonymousUser(), subject):
        return denied(_("This text is not open to everybody at the moment, so nobody can say something about it."))
    return participation.may_take_part(actor, subject.phase, now)


def may_enter_paper(actor: Actor, subject: Subject, now: datetime | None = None) -> Verdict:
    """From the beginning of the phase on; also afterwards, for the post takes its time."""
    phase = subject.phase
    if not phase.process.is_public or phase.time_at(now or timezone.now()) == PhaseTime.COMING:
        return denied(_("Paper can be entered from the day on which the phase begins and the process is published."))
    return participation.may_edit_process(actor, phase.process)
