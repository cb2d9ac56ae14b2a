"""What happens to events, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "events.drafted": _("Draft of an event written"),
    "events.written": _("Event written"),
    "events.published": _("Event published"),
    "events.postponed": _("Event postponed"),
    "events.cancelled": _("Event cancelled"),
    "events.series_written": _("Series of events written"),
    "events.imported": _("Events imported"),
    "events.deleted": _("Draft of an event deleted"),
    "events.message_sent": _("Message to those who registered"),
    "events.forgotten": _("Personal data of an event deleted when their time was over"),
    "events.erased": _("Personal data of a registration deleted on request"),
    "events.person_entered": _("Participant entered by hand"),
    "events.person_accepted": _("Registration accepted"),
    "events.person_rejected": _("Registration rejected"),
    "events.person_cancelled": _("Registration cancelled by the organiser"),
    "events.people_exported": _("List of participants exported"),
}
PRIVATE = frozenset({"events.drafted", "events.deleted"})
"""Of a draft only the organiser's people know."""
