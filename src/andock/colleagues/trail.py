"""What offices do with each other, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

AMONG_THEMSELVES = {
    "colleagues.enquiry_opened": _("Question to the owner of a solution begun"),
    "colleagues.enquiry_written": _("Written to another office"),
    "colleagues.enquiry_closed": _("Enquiry closed"),
    "colleagues.enquiry_reopened": _("Enquiry opened again"),
    "colleagues.post_written": _("Written on the board of a group"),
    "colleagues.post_deleted": _("Post on the board of a group deleted"),
}
ACTIONS = {
    **AMONG_THEMSELVES,
    "colleagues.office_written": _("Office written into the directory"),
    "colleagues.office_removed": _("Office removed from the directory"),
    "colleagues.group_founded": _("Learning group founded"),
    "colleagues.group_changed": _("Learning group changed"),
    "colleagues.group_joined": _("Learning group joined"),
    "colleagues.group_left": _("Learning group left"),
}
PRIVATE = frozenset(AMONG_THEMSELVES)
"""Nobody but the office itself reads that it asked, answered or wrote."""
