"""What becomes of followers, in the words of the audit trail: how many, never who."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {"following.forgotten": _("Addresses of people who followed something deleted")}
