"""What is kept of something instead of itself: digests nobody can turn back or guess without the site's key."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_digests(purpose: str, text: str) -> list[str]:
    """By the present key first, then by former ones: letters and phases outlive a change of the key."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(purpose, text, secret=key, algorithm="sha256").hexdigest() for key in keys]


def of_code(process_id: int, code: str) -> list[str]:
    """Of a code of a letter."""
    return keyed_digests("participation.residence", f"{process_id} {code}")


def of_address(phase_id: int, email_key: str) -> list[str]:
    """Of the address of somebody who counts in a phase and is gone."""
    return keyed_digests("participation.departure", f"{phase_id} {email_key}")
