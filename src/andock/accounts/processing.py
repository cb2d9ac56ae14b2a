"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .services.invitations import VALID_FOR

PROCESSING = (
    Processing(
        activity=_("Accounts of people who work here"),
        purpose=_("Who may edit, release and check what."),
        people=_("People who work for the organisations"),
        data=_(
            "Name, mail address, password (as a hash) or the sign-in of the organisation, second factor, roles with their days; the municipality that sign-in names as residence, where this is set up."
        ),
        recipients=_("The releasers of the own organisation and the agency"),
        retention=format_lazy(
            _("An invitation is good for {days} days. An account and its roles stay until the organisation ends them."),
            days=VALID_FOR.days,
        ),
    ),
)
