from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept, not sent (demo mode)")
    FAILED = "failed", _("not delivered")
    BOUNCED = "bounced", _("returned by the mail server of the address")
