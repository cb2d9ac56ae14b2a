"""Enumerations of the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalKind(models.TextChoices):
    """The pages the law, or fairness, demands of every operator."""

    IMPRINT = "imprint", _("Legal notice")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    RULES = "rules", _("Rules for taking part")


# What operators still have to fill in, such as “[[Name of the operator]]”. The check for publication looks for it.
PLACEHOLDER_MARK = "[["
