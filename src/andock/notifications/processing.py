"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .services import KEEP_TEXT

PROCESSING = (
    Processing(
        activity=_("Sending mails"),
        purpose=_("To tell people what they asked for or must know."),
        people=_("Everybody who gets a mail from here"),
        data=_("Mail address, words of the mail, time and outcome of sending."),
        recipients=_("The mail server of the operator"),
        retention=format_lazy(
            _("Address and words are deleted after {days} days; key, times and outcome stay."), days=KEEP_TEXT.days
        ),
    ),
)
