"""What happens in consultations, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {"consultation.text_chosen": _("Text of a consultation chosen")}
PRIVATE = frozenset(ACTIONS)
"""Which draft an organisation is going to ask about is known to its people only, until the page shows it."""
