"""What happens in participation, in the words of the audit trail. Nobody who takes part stands there."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "participation.begun": _("Draft of a participation process begun"),
    "participation.written": _("Participation process changed"),
    "participation.published": _("Participation process published"),
    "participation.deleted": _("Draft of a participation process deleted"),
    "participation.shown": _("Contribution released"),
    "participation.hidden": _("Contribution hidden"),
    "participation.answered": _("Contributions answered"),
    "participation.assigned": _("Contributions handed over"),
    "participation.codes_made": _("Codes for letters made"),
    "participation.codes_revoked": _("Codes of letters revoked"),
    "participation.read_in": _("Contributions read in from a file"),
    "participation.table_made": _("Table of contributions and answers downloaded"),
    "participation.forgotten": _("Personal data of people who took part deleted when their time was over"),
    "participation.erased": _("Personal data of somebody who took part deleted on request"),
}
PRIVATE = frozenset({
    "participation.begun", "participation.deleted", "participation.codes_made", "participation.codes_revoked",
})  # fmt: skip
"""Of a draft only the organisation's people know, and letters are printed before it is published."""
