"""What happens in consultations, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

CHOSEN = "consultation.text_chosen"
ACTIONS = {
    CHOSEN: _("Text of a consultation chosen"),
    "consultation.paper_entered": _("Comment or other wording entered that came on paper"),
}
PRIVATE = frozenset({CHOSEN})
"""Which draft an organisation is going to ask about is known to its people only, until the page shows it."""
