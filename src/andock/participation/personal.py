"""What tools keep about somebody who takes part: each names one ``Kept`` in its manifest (``personal``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from .models import Participant


class Kept(Protocol):
    """One module's part of export, erasure and retention."""

    name: str
    """Its key in the export."""

    def export(self, participant: Participant) -> Any:
        """Everything it keeps, as plain values."""

    def erase(self, participant_id: UUID, *, keeps_words: bool) -> None:
        """Unlink it, and delete it unless ``keeps_words``. The person's row is there still; runs in a public transaction."""

    def due(self, now: datetime) -> Mapping[str, QuerySet]:
        """Rows whose time is over and that ``forget_due`` deletes, by what they are in English."""
