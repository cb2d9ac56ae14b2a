"""When people send, support and discuss ideas, and who steers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.participation import rules as frame
from andock.participation.choices import ContributionState, PhaseKind, PhaseTime
from andock.participation.queries import phase_of

if TYPE_CHECKING:
    from datetime import datetime

    from andock.participation.models import Participant, Phase, Process
    from andock.participation.rules import Actor

    from .models import Idea


def may_send_idea(actor: Actor | None, process: Process, now: datetime | None = None) -> Verdict:
    """Everybody while ideas are collected."""
    phase = phase_of(process, PhaseKind.IDEAS)
    return frame.may_take_part(actor, phase, now) if phase else denied(_("This process collects no ideas."))


def may_support(actor: Actor | None, idea: Idea, now: datetime | None = None) -> Verdict:
    """Everybody while the process asks for support: in a phase of its own, else while ideas are collected."""
    if standing := _standing(idea):
        phase = support_phase(idea.contribution.process)
        return frame.may_take_part(actor, phase, now) if phase else denied(_("This process collects no ideas."))
    return standing


def may_remark(actor: Actor | None, idea: Idea, now: datetime | None = None) -> Verdict:
    """Everybody while ideas are collected or supported."""
    if standing := _standing(idea):
        phase = discussion_phase(idea.contribution.process, now or timezone.now())
        return frame.may_take_part(actor, phase, now) if phase else denied(_("This process collects no ideas."))
    return standing


def may_see_idea(actor: Actor, idea: Idea) -> Verdict:
    """As its contribution; what was taken back after it was public leaves its place."""
    contribution = idea.contribution
    was_public = contribution.state == ContributionState.WITHDRAWN and contribution.published_at
    if was_public and contribution.process.is_public:
        return ALLOWED
    return frame.may_see_contribution(actor, contribution)


def may_steer_idea(actor: Actor, idea: Idea) -> Verdict:
    """Status, place, links and joining: the office that answers, and whoever holds the process."""
    office = frame.may_keep_processes(actor, idea.contribution.office)
    return office or frame.may_keep_processes(actor, idea.contribution.process.organisation)


def may_agree_to_merge(participant: Participant | None, idea: Idea) -> Verdict:
    """Whoever wrote the idea that is to go into another one."""
    if participant is None or idea.contribution.participant_id != participant.pk:
        return denied(_("Only whoever wrote an idea agrees that it is joined with another."))
    if idea.proposed_into_id is None:
        return denied(_("Nobody proposes any more to join your idea with another."))
    return ALLOWED


def support_phase(process: Process) -> Phase | None:
    """When ideas are supported."""
    return phase_of(process, PhaseKind.SUPPORT) or phase_of(process, PhaseKind.IDEAS)


def discussion_phase(process: Process, now: datetime) -> Phase | None:
    """When ideas are discussed: the phase that runs, else the next one, else the last."""
    phases = [found for kind in (PhaseKind.IDEAS, PhaseKind.SUPPORT) if (found := phase_of(process, kind))]
    order = (PhaseTime.RUNNING, PhaseTime.COMING)
    return next((one for time in order for one in phases if one.time_at(now) == time), phases[-1] if phases else None)


def _standing(idea: Idea) -> Verdict:
    if idea.merged_into_id:
        return denied(_("This idea was joined with another. Please go on there."))
    return ALLOWED if idea.contribution.is_public else denied(_("This idea does not stand there any more."))
