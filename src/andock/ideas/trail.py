"""What offices do with ideas, in the words of the audit trail. Nobody who takes part stands there."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "ideas.status_set": _("Status of ideas set"),
    "ideas.located": _("Place of an idea entered"),
    "ideas.linked": _("Idea linked with a passage or with solutions"),
    "ideas.merge_proposed": _("Joining of two ideas proposed"),
    "ideas.merge_taken_back": _("Proposal to join two ideas taken back"),
    "ideas.merged": _("Two ideas joined"),
    "ideas.paper_entered": _("Idea entered that came on paper"),
}
