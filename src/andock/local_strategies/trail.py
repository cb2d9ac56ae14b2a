"""What happens to a local strategy, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "local_strategies.begun": _("Local strategy begun"),
    "local_strategies.inherited": _("Local strategy begun as the predecessor's reads"),
    "local_strategies.draft_begun": _("Draft of the local strategy begun"),
    "local_strategies.draft_deleted": _("Draft of the local strategy deleted"),
    "local_strategies.described": _("Local strategy: title or council paper changed"),
    "local_strategies.weighed": _("Classes of changes chosen"),
    "local_strategies.decided": _("Elements decided"),
    "local_strategies.wording_changed": _("Local wording changed"),
    "local_strategies.own_added": _("Own element added"),
    "local_strategies.own_changed": _("Own element changed"),
    "local_strategies.own_removed": _("Own element removed"),
    "local_strategies.imported": _("Existing strategy imported"),
    "local_strategies.participation_opened": _("Local strategy in participation"),
    "local_strategies.submitted": _("Local strategy submitted for decision"),
    "local_strategies.taken_back": _("Local strategy taken back to draft"),
    "local_strategies.decision_recorded": _("Decision on the local strategy recorded"),
    "local_strategies.in_force": _("Local strategy put in force"),
    "local_strategies.run_started": _("Take-over of an edition started"),
    "local_strategies.run_finished": _("Take-over of an edition finished"),
    "local_strategies.run_reopened": _("Take-over of an edition reopened"),
    "local_strategies.run_retargeted": _("Take-over moved to a newer edition"),
    "local_strategies.run_dropped": _("Take-over of an edition dropped"),
    "local_strategies.deferral_ended": _("Deferred elements open again"),
    "local_strategies.shared": _("Draft shared by link"),
    "local_strategies.share_revoked": _("Link to the draft revoked"),
    "local_strategies.offered": _("Offered to the region"),
    "local_strategies.offer_withdrawn": _("Offer to the region withdrawn"),
    "local_strategies.offer_taken": _("Offer taken up by the region"),
    "local_strategies.offer_declined": _("Offer declined by the region"),
}
SHOWN = frozenset(
    f"local_strategies.{name}"
    for name in (
        "submitted", "decision_recorded", "in_force", "offered", "offer_withdrawn", "offer_taken", "offer_declined",
    )
)  # fmt: skip
PRIVATE = frozenset(ACTIONS) - SHOWN
"""Whatever happens to a draft until it is submitted, and to take it back: the region sees no draft, so not that there is one."""
