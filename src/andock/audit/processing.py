"""What this module does with personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

PROCESSING = (
    Processing(
        activity=_("Trail of what was done"),
        purpose=_("To see afterwards who has changed what, and to notice misuse."),
        people=_("People who work for the organisations"),
        data=_("Account, act, thing and time. People who take part, register or follow do not stand there by person."),
        recipients=_("People with a role in the organisation concerned, the agency"),
        retention=_("It only grows: rows are not changed and not deleted."),
    ),
)
