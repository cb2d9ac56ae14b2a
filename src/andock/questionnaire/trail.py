"""What happens to questionnaires, in the words of the audit trail. Nobody who answers stands there."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "questionnaire.written": _("Questions written or changed"),
    "questionnaire.paper_entered": _("Answers on paper entered"),
    "questionnaire.released": _("Answers in own words released or taken back"),
}
