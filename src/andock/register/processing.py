"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .services.approaches import FORGET_AFTER

PROCESSING = (
    Processing(
        activity=_("Invitations to join"),
        purpose=_("To invite municipalities and to hear what they answer."),
        people=_("People in municipalities who are invited"),
        data=_("Form of address, mail address, name and office of whoever answers."),
        recipients=_("The agency"),
        retention=format_lazy(
            _("Names and addresses are deleted {days} days after the invitation has expired."), days=FORGET_AFTER.days
        ),
    ),
)
