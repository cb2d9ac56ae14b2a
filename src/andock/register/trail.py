"""What happens on the way into the register, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "register.prepared": _("Declaration prepared"),
    "register.handed_in": _("Declaration handed in"),
    "register.asked_back": _("Agency asked back"),
    "register.confirmed": _("Declaration confirmed"),
    "register.withdrawn": _("Declaration withdrawn"),
    "register.released": _("Evidence released"),
    "register.approached": _("Notes on docking changed"),
    "register.invited": _("Invited to dock"),
    "register.link_revoked": _("Invitation to dock taken back"),
    "register.interested": _("Interest shown through the personal link"),
    "register.closed": _("Evidence no longer released"),
}
