from django.db import models
from django.utils.translation import gettext_lazy as _

from andock.strategy.choices import DockingBasis


class DeclarationState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    HANDED_IN = "handed_in", _("Handed in")
    ASKED_BACK = "asked_back", _("Question of the agency")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (DeclarationState.DRAFT, DeclarationState.HANDED_IN, DeclarationState.ASKED_BACK)
WITH_TOWN = (DeclarationState.DRAFT, DeclarationState.ASKED_BACK)
"""It is the organisation's turn."""

BASES = [(basis.value, basis.label) for basis in (DockingBasis.LETTER_OF_INTENT, DockingBasis.COUNCIL_RESOLUTION)]
