"""Who sent a form, as far as a limit needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest


def sender_of(request: HttpRequest) -> str:
    """A name for the sender's network address that holds for one day and leads back to nobody without our key."""
    today = timezone.localdate().isoformat()
    return salted_hmac("andock.cms.barrier", f"{today} {_network_address(request)}", algorithm="sha256").hexdigest()


def _network_address(request: HttpRequest) -> str:
    """The client's address; behind proxies the one the outermost trusted proxy saw."""
    proxies = settings.ENVIRONMENT.trusted_proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    return hops[-proxies] if proxies and len(hops) >= proxies else request.META.get("REMOTE_ADDR", "")
