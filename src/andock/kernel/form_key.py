"""The hidden key of a form that anybody may send, and the small proof of work that may come with it.

The key makes a repeated request (double click, back, reload) the same one, and so is good for one only. It is
signed for one purpose and says when the form was given out, which binds the work to both.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing

BITS = 15
"""How many leading bits of the hash must be nought: some 30,000 attempts, a second on a phone."""
DIGITS = 12
GOOD_FOR = timedelta(hours=2)
"""How long work may come after its form was given out."""


@dataclass(frozen=True, slots=True)
class FormKey:
    """One form somebody was given."""

    text: str
    request_key: UUID
    given_at: datetime

    def is_worked_for(self, number: str, now: datetime) -> bool:
        """Whether ``number`` is the work this form asks for, done in time."""
        is_in_time = timedelta(0) <= now - self.given_at <= GOOD_FOR
        return is_in_time and number.isdecimal() and _zero_bits(f"{self.text}:{number[:DIGITS]}") >= BITS


def new_key(purpose: str, now: datetime) -> str:
    """A key for one more form of this purpose."""
    return signing.Signer(salt=purpose).sign(f"{uuid4().hex}.{int(now.timestamp())}")


def read_key(text: str, purpose: str) -> FormKey | None:
    """The key in a form that was sent; None for any text that is not ours or belongs elsewhere."""
    try:
        key, _dot, given = signing.Signer(salt=purpose).unsign(text).partition(".")
        return FormKey(text, UUID(key), datetime.fromtimestamp(int(given), tz=UTC))
    except (signing.BadSignature, ValueError):
        return None


def _zero_bits(text: str) -> int:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return 256 - number.bit_length()
