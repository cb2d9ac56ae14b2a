from django.db import models
from django.utils.translation import gettext_lazy as _

from andock.strategy.choices import DockingBasis


class DeclarationState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    HANDED_IN = "handed_in", _("Handed in")
    ASKED_BACK = "asked_back", _("Question of the agency")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ApproachState(models.TextChoices):
    """How far the agency is with somebody who has not docked. Docked is told by the register alone."""

    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    IN_TALKS = "in_talks", _("In talks")
    DECLINED = "declined", _("Declined for now")


OPEN = (DeclarationState.DRAFT, DeclarationState.HANDED_IN, DeclarationState.ASKED_BACK)
WITH_TOWN = (DeclarationState.DRAFT, DeclarationState.ASKED_BACK)
"""It is the organisation's turn."""

BASES = [(basis.value, basis.label) for basis in (DockingBasis.LETTER_OF_INTENT, DockingBasis.COUNCIL_RESOLUTION)]
