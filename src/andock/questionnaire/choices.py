from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One answer of several")
    SEVERAL = "several", _("Several answers")
    SCALE = "scale", _("A number on a scale")
    RANKING = "ranking", _("Put in order")
    TEXT = "text", _("Own words")
    PLACE = "place", _("A place")
    MATRIX = "matrix", _("One answer in each row")


class Stand(models.TextChoices):
    """What the page of thanks says, as it stands in its address."""

    CONFIRM = "bestaetigen", pgettext_lazy("answers", "To be confirmed")
    COUNTS = "da", pgettext_lazy("answers", "Counted")


WITH_OPTIONS = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.RANKING, QuestionKind.MATRIX})
CAN_LEAD_ON = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL})
"""Another question may be asked only of those who chose one of its answers."""
IN_WORDS = frozenset({QuestionKind.TEXT, QuestionKind.PLACE})
"""Answers with words of their own: everybody reads them only where staff have released them."""
MOST_LETTERS = 2000
MOST_LETTERS_OF_A_PLACE = 200
FEWEST_OPTIONS, MOST_OPTIONS = 2, 30
LOWEST, HIGHEST = 0, 10
"""What a scale may reach from and to."""
KEEP_UNCONFIRMED = timedelta(days=7)
A_DAY = timedelta(days=1)
