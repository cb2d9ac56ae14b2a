"""Where a request comes from, as far as limits need to know. Nothing here is kept or logged."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

HOME_NETWORK = 64  # bits of an IPv6 address that one line has; the rest changes at will


def network_address(request: HttpRequest) -> str:
    """The client's address; behind proxies the one the outermost trusted proxy saw."""
    proxies = settings.ENVIRONMENT.trusted_proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    return hops[-proxies] if proxies and len(hops) >= proxies else request.META.get("REMOTE_ADDR", "")


def place_of(address: str) -> str:
    """What one line has in common: an IPv4 address as it is, of an IPv6 address its network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, HOME_NETWORK), strict=False))


def origin_hash(address: str, day: date) -> str:
    """One place on the network on one day, in a form that says nothing about it tomorrow."""
    return salted_hmac("origin", f"{day.isoformat()} {place_of(address)}").hexdigest()[:16]
