"""What happens to cards, guides, findings and take-overs, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "knowledge.solution_written": _("Solution written"),
    "knowledge.solution_published": _("Solution published"),
    "knowledge.solution_confirmed": _("Solution confirmed: still true"),
    "knowledge.solution_archived": _("Solution archived"),
    "knowledge.solution_deleted": _("Draft of a solution deleted"),
    "knowledge.solutions_imported": _("Solutions imported"),
    "knowledge.guide_written": _("Guide written"),
    "knowledge.guide_published": _("Guide published"),
    "knowledge.guide_archived": _("Guide archived"),
    "knowledge.guide_deleted": _("Draft of a guide deleted"),
    "knowledge.feedback_deleted": _("Feedback on a guide deleted"),
    "knowledge.transfer_begun": _("Take-over written down"),
    "knowledge.transfer_described": _("Take-over described"),
    "knowledge.stage_told": _("Stage of a take-over written down"),
    "knowledge.stage_confirmed": _("Stage of a take-over confirmed"),
    "knowledge.stage_corrected": _("Stage of a take-over corrected"),
    "knowledge.finding_written": _("Finding written"),
    "knowledge.finding_published": _("Finding published"),
    "knowledge.finding_archived": _("Finding archived"),
    "knowledge.finding_deleted": _("Draft of a finding deleted"),
}
