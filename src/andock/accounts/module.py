from django.utils.translation import gettext_lazy as _

from andock.kernel.modules import Module

MODULE = Module(
    name="accounts",
    processing="andock.accounts.processing.PROCESSING",
    urls="andock.accounts.urls",
    actions={
        "accounts.invited": _("Person invited"),
        "accounts.accepted": _("Invitation accepted"),
        "accounts.revoked": _("Invitation revoked"),
        "accounts.role_changed": _("Role changed"),
        "accounts.ended": _("Membership ended"),
        "accounts.deputy_named": _("Deputy named"),
    },
)
