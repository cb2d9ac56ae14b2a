"""The one way this server fetches something from outside: https only, never from an inner network.

The operator may name hosts of an inner network that are meant all the same (a map server in the town hall).

The name is resolved once, every address is checked, and the connection goes to exactly the checked address, so that
a second answer of the name server (DNS rebinding) leads nowhere. Redirects to another host are refused.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from contextlib import closing
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from django.utils.translation import gettext as _

MAX_REDIRECTS = 3
CHUNK = 65_536
PATIENCE = 60.0
SLOWEST = 10
"""So many times the patience a whole answer may take, however steadily it drips."""
UNICAST = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an address of the old internet stands at the end."""


class Refused(Exception):
    """The address may not be fetched, or the answer was not what was asked for. Says why."""


class Missing(Refused):
    """There is nothing at this address, as the other server itself says (204, 404, 410)."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = _ipv4_in(found)
        if inner is None and found not in UNICAST:
            return False
        found = inner or found
    return found.is_global and not found.is_multicast


def _ipv4_in(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind it where it is only another way to write, or to reach, one of the old internet."""
    behind_nat64 = ipaddress.IPv4Address(address.packed[-4:]) if address in NAT64 else None
    return address.ipv4_mapped or address.sixtofour or behind_nat64


def fetch(
    url: str,
    *,
    max_bytes: int,
    allowed: Callable[[str], bool] = is_public,
    inner: Collection[str] = (),
    patience: float = PATIENCE,
) -> bytes:
    """The body behind an https address. Raises ``Refused``.

    ``allowed`` decides about the resolved IP addresses. Hosts in ``inner`` (with their port, where it is named) may lie
    anywhere and speak http. ``patience`` is for how many seconds nothing may come.
    """
    until = time.monotonic() + SLOWEST * patience
    for _hop in range(MAX_REDIRECTS + 1):
        parts = _checked(url, inner)
        response = _get(parts, _address(parts, _anywhere if parts.netloc in inner else allowed), patience)
        with closing(response):
            if response.status in (301, 302, 303, 307, 308):
                url = _same_host(parts, urljoin(url, response.headers.get("Location", "")))
                continue
            if response.status != 200:  # noqa: PLR2004
                kind = Missing if response.status in (204, 404, 410) else Refused
                raise kind(_("%(host)s answered %(status)d.") % {"host": parts.hostname, "status": response.status})
            return _body(parts, response, max_bytes, until)
    raise Refused(_("The address leads from one place to the next without end."))


def _anywhere(_address: str) -> bool:
    return True


def _checked(url: str, inner: Collection[str] = ()) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port(parts)
    except ValueError as error:
        raise Refused(_("This is no address: %s") % url[:120]) from error
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.netloc in inner)
    if not secure or not parts.hostname or parts.username:
        raise Refused(_("Only addresses that begin with https:// are fetched."))
    return parts


def _address(parts: SplitResult, allowed: Callable[[str], bool]) -> str:
    """The IP address to connect to. Every answer of the name server must be allowed."""
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(_("The name %s is not known. Check the address and the network.") % parts.hostname) from error
    addresses = [str(entry[4][0]).split("%")[0] for entry in found]
    if not addresses or not all(map(allowed, addresses)):
        raise Refused(_("%s lies in an inner network; nothing is fetched from there.") % parts.hostname)
    return addresses[0]


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _get(parts: SplitResult, address: str, patience: float) -> urllib3.BaseHTTPResponse:
    timeout = urllib3.Timeout(connect=min(10.0, patience), read=patience)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            _port(parts),
            timeout=timeout,
            retries=False,
            server_hostname=parts.hostname,
            assert_hostname=parts.hostname,
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, _port(parts), timeout=timeout, retries=False)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        return pool.request("GET", path, headers={"Host": parts.netloc}, redirect=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise Refused(
            _("%(host)s could not be reached: %(error)s") % {"host": parts.hostname, "error": error}
        ) from error


def _same_host(parts: SplitResult, url: str) -> str:
    if urlsplit(url).netloc != parts.netloc:
        raise Refused(_("%s redirects to another host; name the final address.") % parts.hostname)
    return url


def _body(parts: SplitResult, response: urllib3.BaseHTTPResponse, max_bytes: int, until: float) -> bytes:
    """Everything that comes, as it comes: whoever sends a letter a second is not waited for."""
    found = bytearray()
    try:
        while chunk := response.read1(CHUNK, decode_content=True):
            found += chunk
            if len(found) > max_bytes:
                raise Refused(_("The answer is larger than %d MB.") % (max_bytes // 1_000_000))
            if time.monotonic() > until:
                raise Refused(_("The answer of %s takes too long.") % parts.hostname)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Refused(
            _("%(host)s broke off in the middle of its answer: %(error)s") % {"host": parts.hostname, "error": error}
        ) from error
    return bytes(found)
