"""Who sent a form, as far as a limit needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import salted_hmac

from andock.kernel.origins import network_address

if TYPE_CHECKING:
    from django.http import HttpRequest


def sender_of(request: HttpRequest) -> str:
    """A name for the sender's network address that holds for one day and leads back to nobody without our key."""
    today = timezone.localdate().isoformat()
    return salted_hmac("andock.cms.barrier", f"{today} {network_address(request)}", algorithm="sha256").hexdigest()
