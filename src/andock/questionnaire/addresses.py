"""The link with which somebody confirms their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from andock.kernel import signed_ids

if TYPE_CHECKING:
    from uuid import UUID

    from .models import Submission

CONFIRM = "questionnaire.confirm"


def link_to_confirm(submission: Submission) -> str:
    slug = submission.questionnaire.phase.process.slug
    token = signed_ids.token(CONFIRM, submission.request_key)
    return settings.ANDOCK_BASE_URL + reverse("questionnaire:confirm", args=[slug, token])


def request_key_in(token: str) -> UUID | None:
    return signed_ids.id_in(CONFIRM, token)
