"""What we keep of somebody beside their contributions: whom they support, and what hangs on their ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import queries

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from andock.participation.models import Participant


class KeptIdeas:
    """Named in the manifest, see ``participation.personal.Kept``."""

    name = "ideas"

    def export(self, participant: Participant) -> dict[str, Any]:
        return {
            "supported": [
                {"number": one.idea_id, "title": one.idea.contribution.title, "since": one.supported_at.isoformat()}
                for one in queries.supports_by(participant.pk)
            ],
            "own": [
                {
                    "number": one.pk, "place": one.place, "latitude": one.latitude, "longitude": one.longitude,
                    "photo": bool(one.photo), "photo_shows": one.photo_alt,
                }
                for one in queries.ideas_by(participant.pk)
            ],
        }  # fmt: skip

    def erase(self, participant_id: UUID, *, keeps_words: bool) -> None:
        """Supports stay counted and lose their person with the row; photo and place go with the words, see ``details``."""

    def due(self, now: datetime) -> dict[str, QuerySet]:
        return {}


KEPT = KeptIdeas()
