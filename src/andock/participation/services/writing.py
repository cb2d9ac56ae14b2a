"""A mail of a tool to somebody who takes part, with the frame's head and foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..addresses import message_key
from ..mail import send_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andock.organisations.models import Organisation

    from ..models import Participant


def write(
    participant: Participant, office: Organisation, subject: str, blocks: Sequence[str], *, occasion: str, number: object
) -> None:  # fmt: skip
    """Once for this occasion and number, in the language of the moment."""
    send_to(participant, office, subject, blocks, message_key(participant, occasion, number))
