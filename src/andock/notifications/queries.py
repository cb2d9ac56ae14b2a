"""What the outbox holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .choices import State
from .models import Message

if TYPE_CHECKING:
    from django.db.models import QuerySet


def readable_messages() -> QuerySet[Message]:
    """Messages whose wording is still kept, the newest first."""
    return Message.objects.exclude(to="")


def undelivered_messages() -> QuerySet[Message]:
    """Messages that were refused for good or given up, and whose wording is still kept."""
    return readable_messages().filter(state=State.FAILED)
