"""What happens to the newsletter, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

PRIVATE = frozenset({"newsletter.written", "newsletter.deleted"})
ACTIONS = {
    "newsletter.written": _("Issue of the newsletter written"),
    "newsletter.deleted": _("Draft of the newsletter deleted"),
    "newsletter.sent": _("Issue of the newsletter sent"),
    "newsletter.stopped": _("Sending of the newsletter stopped"),
    "newsletter.resumed": _("Sending of the newsletter resumed"),
}
