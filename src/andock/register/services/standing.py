"""Pausing, resuming and ending: the organisation's own act, of which the agency is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from andock.strategy.choices import PeriodEnding
from andock.strategy.services import docking

from .. import mail

if TYPE_CHECKING:
    from datetime import date

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Framework


@transaction.atomic
def pause(*, actor: User, organisation: Organisation, framework: Framework, day: date, reason: str) -> None:
    """Take no part from ``day`` on, for a time. Raises ``Denied`` or ``CannotDock``."""
    ending = PeriodEnding.PAUSED
    docking.leave(actor=actor, organisation=organisation, framework=framework, ending=ending, day=day, reason=reason)
    mail.paused(organisation, framework, day, reason)


@transaction.atomic
def end(*, actor: User, organisation: Organisation, framework: Framework, day: date, reason: str) -> None:
    """Take no part from ``day`` on. Coming back needs a new declaration. Raises ``Denied`` or ``CannotDock``."""
    ending = PeriodEnding.ENDED
    docking.leave(actor=actor, organisation=organisation, framework=framework, ending=ending, day=day, reason=reason)
    mail.ended(organisation, framework, day, reason)


@transaction.atomic
def resume(*, actor: User, organisation: Organisation, framework: Framework, day: date, reason: str = "") -> None:
    """Take part again after a pause. Raises ``Denied`` or ``CannotDock``."""
    docking.resume(actor=actor, organisation=organisation, framework=framework, day=day)
    mail.resumed(organisation, framework, day, reason)
