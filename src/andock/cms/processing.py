"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .services import KEEP_REPORT

PROCESSING = (
    Processing(
        activity=_("Reports of barriers"),
        purpose=_("To mend what keeps people from using the site."),
        people=_("People who report a barrier"),
        data=_("Their words, the page, a mail address if they give one."),
        recipients=_("The office named in the accessibility statement"),
        retention=format_lazy(
            _("After {days} days; the key that limits their number after one day."), days=KEEP_REPORT.days
        ),
    ),
)
