"""Heads of the table for the council, the same on paper, in Word and in a spreadsheet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HEADS = {
    "number": pgettext_lazy("contribution", "Number"),
    "about": _("What it is about"),
    "contribution": _("Contribution"),
    "author": _("Written by"),
    "date": pgettext_lazy("contribution", "Date"),
    "municipality": _("Municipality"),
    "answer": _("Answer"),
    "reason": pgettext_lazy("answer", "Reason"),
    "forwarded": _("Forwarded to"),
    "changed": _("Changed passage"),
}
NO_ANSWER = _("no answer yet")
NOTHING = _("There is no contribution of this kind.")
DEMONSTRATION = _("Demonstration: this process is invented, and so are the people and what they wrote.")
