"""Redis, where one is used: it must not answer strangers."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from andock.kernel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
PORT = 6379


def closed_to_strangers() -> Iterator[Finding]:
    """Ask it without a password on every address of this machine that others can reach."""
    if not settings.ENVIRONMENT.redis_url:
        return
    address = urlsplit(settings.ENVIRONMENT.redis_url)
    port = address.port or PORT
    hosts = {address.hostname or "127.0.0.1", *own_addresses()} - {"127.0.0.1", "localhost", "::1"}
    open_at = [host for host in sorted(hosts) if answers_without_password(host, port)]
    yield Finding(
        "Redis answers only Andock",
        not open_at,
        "Redis answers without a password at {hosts}: set “bind 127.0.0.1” or “requirepass” in redis.conf.".format(
            hosts=", ".join(open_at)
        ),
    )


def own_addresses() -> set[str]:
    """The addresses under which this machine is known to others. Sends nothing."""
    found: set[str] = set()
    with suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # RFC 5737; a datagram socket only chooses its own address
        found.add(probe.getsockname()[0])
    return {address for address in found if not address.startswith("127.")}


def answers_without_password(host: str, port: int) -> bool:
    """Whether a plain PING is answered."""
    try:
        with socket.create_connection((host, port), timeout=SECONDS) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
