"""What the strategy's editors do, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "strategy.draft_begun": _("Draft begun"),
    "strategy.draft_deleted": _("Draft deleted"),
    "strategy.edition_described": _("Title, date or note changed"),
    "strategy.edition_imported": _("Edition imported"),
    "strategy.edition_published": _("Edition put in force"),
    "strategy.edition_renumbered": _("Elements renumbered"),
    "strategy.consultation_opened": _("Consultation opened"),
    "strategy.back_to_draft": _("Taken back to draft"),
    "strategy.element_added": _("Element added"),
    "strategy.element_promoted": _("Element of a municipality taken up"),
    "strategy.element_edited": _("Element edited"),
    "strategy.element_moved": _("Element moved"),
    "strategy.element_split": _("Element split"),
    "strategy.element_joined": _("Elements joined"),
    "strategy.element_replaced": _("Element replaced"),
    "strategy.element_withdrawn": _("Element withdrawn"),
    "strategy.element_reinstated": _("Element brought back"),
    "strategy.docking_ended": _("Docking ended by succession"),
    "strategy.docking_taken_over": _("Docking taken over from predecessor"),
    "strategy.docked": _("Docked"),
    "strategy.paused": _("Taking part paused"),
    "strategy.resumed": _("Taking part resumed"),
    "strategy.ended": _("Taking part ended"),
    "strategy.reasons_given": _("Reasons of changes edited"),
}
