"""What readers say of a guide. Nothing tells who they are or where from; so the limit counts all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record

from .. import queries, rules
from ..models import GuideFeedback

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User

    from ..models import Guide

PER_GUIDE_AND_DAY = 50
PER_DAY = 300


class TooMany(ValueError):
    """So many have written today that it is rather a machine than people."""


@transaction.atomic
def give(*, actor: User | AnonymousUser, guide: Guide, helped: bool, reason: str, today: date) -> GuideFeedback:
    """Keep what somebody said. Raises ``Denied`` or ``TooMany``."""
    rules.may_give_feedback(actor, guide).demand()
    if queries.feedback_on(today, guide) >= PER_GUIDE_AND_DAY or queries.feedback_on(today) >= PER_DAY:
        raise TooMany(_("Very many have written today. Please send it again tomorrow; copy your text to be safe."))
    return GuideFeedback.objects.create(guide=guide, helped=helped, reason=reason, given_on=today)


@transaction.atomic
def delete(*, actor: User, feedback: GuideFeedback) -> None:
    """Take away what should not have been written, or is done. Raises ``Denied``."""
    rules.may_keep_guides(actor, feedback.guide.organisation).demand()
    record(
        actor=actor, action="knowledge.feedback_deleted", thing=feedback.guide,
        organisation=feedback.guide.organisation, data={"guide": feedback.guide.slug},
    )  # fmt: skip
    feedback.delete()
