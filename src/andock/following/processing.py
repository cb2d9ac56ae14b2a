"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .queries import NEVER_CONFIRMED

PROCESSING = (
    Processing(
        activity=_("News by mail, newsletter"),
        purpose=_("To send what somebody has asked for."),
        people=_("People who follow something"),
        data=_("Mail address, what is followed, how often and in which language."),
        recipients=_("Nobody"),
        retention=format_lazy(
            _(
                "Until they unsubscribe. What is never confirmed goes after {days} days, keys of network addresses after one day."
            ),
            days=NEVER_CONFIRMED.days,
        ),
    ),
)
