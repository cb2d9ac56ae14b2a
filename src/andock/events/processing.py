"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .models.event import NEEDS_DAYS
from .queries import UNCONFIRMED_KEPT

PROCESSING = (
    Processing(
        activity=_("Registration for events"),
        purpose=_("To plan and hold events: seats, access, catering, reminders."),
        people=_("People who register, and those they bring along"),
        data=_(
            "Name, mail address, companions, answers to the organiser’s questions, needs of accessibility and catering, attendance."
        ),
        recipients=_("The organiser of the event"),
        retention=format_lazy(
            _(
                "Needs go {needs} days after the event, all else after the days its page names (at most 730). What is never confirmed goes after {days} days, keys of network addresses after one day."
            ),
            days=UNCONFIRMED_KEPT.days,
            needs=NEEDS_DAYS,
        ),
    ),
)
