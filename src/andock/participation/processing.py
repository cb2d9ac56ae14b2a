"""What this module does with personal data."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

from .choices import KEEP_UNCONFIRMED
from .services.forgetting import KEEP_INACTIVE

PROCESSING = (
    Processing(
        activity=_("Participation"),
        purpose=_("People say what they think of plans, and get an answer."),
        people=_("People who take part, with an account or without"),
        data=_(
            "Mail address, a name of their choice, contributions, supports and answers with time; age band and municipality only where the process asks; where it asks for proof of residence, that and when somebody has proved it, by which way; for a day a key of the network address; of whoever had their data deleted, a keyed digest of the address until the phase ends."
        ),
        recipients=_(
            "The office that holds the process and those it answers with; everybody reads public contributions and the chosen name"
        ),
        retention=format_lazy(
            _(
                "What is never confirmed goes after {days} days, people who do nothing after {inactive} days, at any time on request. Public words stay, without a name if they wish."
            ),
            days=KEEP_UNCONFIRMED.days,
            inactive=KEEP_INACTIVE.days,
        ),
    ),
)
