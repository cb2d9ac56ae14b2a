"""Links that only their owner has, and what mails are known by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from andock.kernel import signed_ids
from andock.kernel.signed_ids import pk_in, pk_token

if TYPE_CHECKING:
    from uuid import UUID

    from .models import Contribution, Participant

MINE, CONFIRM = "participation.mine", "participation.confirm"


def link_to_mine(participant: Participant, going_on_to: str = "") -> str:
    """The page on which people see what they sent and what became of it; it may lead on to where they wanted to go."""
    link = absolute("participation:mine", signed_ids.token(MINE, participant.pk))
    return f"{link}?{urlencode({'weiter': going_on_to})}" if going_on_to else link


def link_to_confirm(contribution: Contribution) -> str:
    return absolute("participation:confirm", pk_token(CONFIRM, contribution.pk))


def participant_id_in(token: str) -> UUID | None:
    return signed_ids.id_in(MINE, token)


def contribution_id_in(token: str) -> int | None:
    return pk_in(CONFIRM, token)


def public_address(contribution: Contribution) -> str:
    """Where everybody reads a contribution, with the host."""
    return settings.ANDOCK_BASE_URL + contribution.address


def permanent(contribution_id: int) -> str:
    """Where a contribution is found for ever, the same in every language: by it files know it again."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute("participation:contribution", contribution_id)


def absolute(name: str, *arguments: object) -> str:
    return settings.ANDOCK_BASE_URL + reverse(name, args=arguments)


def message_keys(participant_id: UUID) -> str:
    """How the keys of all mails to somebody begin."""
    return f"participation-{participant_id.hex}-"


def message_key(participant: Participant, occasion: str, number: object) -> str:
    return f"{message_keys(participant.pk)}{occasion}-{number}"
