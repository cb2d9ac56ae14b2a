"""What the outbox holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .choices import State
from .models import Message

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def readable_messages() -> QuerySet[Message]:
    """Messages whose wording is still kept, the newest first."""
    return Message.objects.exclude(to="")


def undelivered_messages() -> QuerySet[Message]:
    """Messages that were refused for good or given up, and whose wording is still kept."""
    return readable_messages().filter(state=State.FAILED)


def message(message_id: int) -> Message | None:
    """The message with this id, while its wording is kept."""
    return readable_messages().filter(pk=message_id).first()


def is_written(beginning: str) -> bool:
    """Whether a message was ever written whose key begins so."""
    return Message.objects.filter(key__startswith=beginning).exists()


def written_since(beginning: str, moment: datetime) -> int:
    """How many messages were written since a moment whose key begins so."""
    return Message.objects.filter(key__startswith=beginning, created_at__gte=moment).count()
