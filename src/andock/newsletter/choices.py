from django.db import models
from django.utils.translation import pgettext_lazy


class IssueState(models.TextChoices):
    """From the draft to the last mail. An issue is public from the moment it begins to be sent."""

    DRAFT = "draft", pgettext_lazy("issue", "draft")
    SENDING = "sending", pgettext_lazy("issue", "being sent")
    STOPPED = "stopped", pgettext_lazy("issue", "stopped")
    SENT = "sent", pgettext_lazy("issue", "sent")
