"""What is kept of an address that counts in a phase and whose person is gone: a keyed digest, the same for the same address."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac


def digests(phase_id: int, email_key: str) -> list[str]:
    """By the present key first, then by former ones: a phase outlives a change of the key."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac("participation.departure", f"{phase_id} {email_key}", secret=key, algorithm="sha256").hexdigest()
        for key in keys
    ]
