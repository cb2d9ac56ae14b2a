"""What a new process begins with: its phases, their times and texts; everything can be changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from .choices import Blueprint, PhaseKind

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase as a blueprint proposes it: so long, one after the other."""

    kind: PhaseKind
    title: str
    text: str
    lasts: timedelta


A_WEEK = 7
SIX_WEEKS, FOUR_WEEKS, TWO_WEEKS = timedelta(weeks=6), timedelta(weeks=4), timedelta(weeks=2)


def phases_of(blueprint: str) -> list[PhasePlan]:
    """The phases of a blueprint in their order, in the language of the moment."""
    return _PLANS[Blueprint(blueprint)]()


def described(blueprint: str) -> str:
    """What it is called and how long it takes."""
    weeks = " + ".join(str(plan.lasts.days // A_WEEK) for plan in phases_of(blueprint))
    return _("%(name)s (%(weeks)s weeks)") % {"name": Blueprint(blueprint).label, "weeks": weeks}


def proposed_beginning(now: datetime) -> datetime:
    """The next Monday at eight in the morning: some days to write in, and an office that is open when it begins."""
    today = timezone.localdate(now)
    return timezone.make_aware(datetime.combine(today + timedelta(days=A_WEEK - today.weekday()), time(8)))


def times_of(blueprint: str, begins_at: datetime) -> list[tuple[PhasePlan, datetime, datetime]]:
    """The phases with beginning and end, one beginning where the one before it ends."""
    found, start = [], begins_at
    for plan in phases_of(blueprint):
        found.append((plan, start, start + plan.lasts))
        start += plan.lasts
    return found


def _text() -> list[PhasePlan]:
    told = _("Read the draft and say something about any passage: a comment, or how you would word it.")
    return [PhasePlan(PhaseKind.TEXT, _("Comment on the draft"), told, SIX_WEEKS)]


def _ideas() -> list[PhasePlan]:
    told = _("What is missing here, and where? Every idea gets an answer.")
    return [PhasePlan(PhaseKind.IDEAS, _("Collect ideas"), told, FOUR_WEEKS)]


def _ideas_then_support() -> list[PhasePlan]:
    told = _("Which of these ideas do you support? You can support as many as you like, each once.")
    return [*_ideas(), PhasePlan(PhaseKind.SUPPORT, _("Support ideas"), told, TWO_WEEKS)]


def _questions() -> list[PhasePlan]:
    told = _("It takes a few minutes. The result is published here.")
    return [PhasePlan(PhaseKind.QUESTIONS, _("Answer questions"), told, TWO_WEEKS)]


_PLANS: dict[Blueprint, Callable[[], list[PhasePlan]]] = {
    Blueprint.TEXT: _text,
    Blueprint.IDEAS: _ideas,
    Blueprint.IDEAS_THEN_SUPPORT: _ideas_then_support,
    Blueprint.QUESTIONS: _questions,
}
