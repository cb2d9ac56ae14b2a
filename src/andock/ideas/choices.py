from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IdeaStatus(models.TextChoices):
    """How far the office is with an idea; what it decides stands in the official answer."""

    NEW = "new", pgettext_lazy("idea", "New")
    CHECKING = "checking", pgettext_lazy("idea", "Being checked")
    IN_WORK = "in_work", pgettext_lazy("idea", "In work")
    DONE = "done", pgettext_lazy("idea", "Done")
    NOT_POSSIBLE = "not_possible", pgettext_lazy("idea", "Not possible")


class Stand(models.TextChoices):
    """What somebody says below an idea."""

    PRO = "pro", pgettext_lazy("remark", "For it")
    CONTRA = "contra", pgettext_lazy("remark", "Against it")
    QUESTION = "question", pgettext_lazy("remark", "Question")


class Order(models.TextChoices):
    """As it stands in addresses."""

    NEWEST = "neu", _("Newest first")
    SUPPORTED = "unterstuetzt", _("Most supported first")
    DISCUSSED = "besprochen", _("Most discussed first")
