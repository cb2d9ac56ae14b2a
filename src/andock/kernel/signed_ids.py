"""What a link carries that only its owner has: an id and our signature, so that a copy of the database opens nothing."""

from __future__ import annotations

from uuid import UUID

from django.core import signing


def token(purpose: str, pk: UUID) -> str:
    """The id, signed for one purpose; good in an address and in a line of a mail."""
    return signing.Signer(salt=purpose).sign(pk.hex).replace(":", ".")


def id_in(purpose: str, text: str) -> UUID | None:
    """The id in a token that we signed for this purpose, else None."""
    try:
        return UUID(signing.Signer(salt=purpose).unsign(text.replace(".", ":")))
    except (signing.BadSignature, ValueError):
        return None


def pk_token(purpose: str, pk: int) -> str:
    """As ``token``, of a row that is known by a number."""
    return signing.Signer(salt=purpose).sign(str(pk)).replace(":", ".")


def pk_in(purpose: str, text: str) -> int | None:
    """The number in a token that we signed for this purpose, else None."""
    try:
        return int(signing.Signer(salt=purpose).unsign(text.replace(".", ":")))
    except (signing.BadSignature, ValueError):
        return None
