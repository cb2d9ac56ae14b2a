"""What this module does with personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from andock.kernel.processing import Processing

PROCESSING = (
    Processing(
        activity=_("Questions between offices, learning groups"),
        purpose=_("Municipalities learn from each other."),
        people=_("People who work for the organisations"),
        data=_("Name and office of whoever writes, their words, office mailboxes and telephones."),
        recipients=_("People with a role in the organisations that take part"),
        retention=_("Until the organisation deletes them; threads stay with the organisations."),
    ),
)
