"""The municipalities a place can be named in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andock.organisations.queries import municipalities_on

from .choices import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .models import Question


def towns_for(questions: Sequence[Question]) -> dict[str, str]:
    """Names by slug, in their order; none where no question asks for a place."""
    if not any(one.kind == QuestionKind.PLACE for one in questions):
        return {}
    return {one.organisation.slug: one.organisation.name for one in municipalities_on(timezone.localdate())}
