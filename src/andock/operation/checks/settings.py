"""What the operator set."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from andock.kernel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
SHORTEST_KEY = 50  # Django's own measure (security.W009)
FEWEST_LETTERS = 5


def demo_mode() -> Iterator[Finding]:
    """Demo mode opens accounts to everyone."""
    yield Finding(
        "Demo mode is off",
        not settings.ANDOCK_DEMO,
        "Remove ANDOCK_DEMO and start from an empty database; demo accounts are open to everyone.",
    )


def debug() -> Iterator[Finding]:
    """Debug pages show settings and data to visitors."""
    yield Finding(
        "Error pages hide details",
        not settings.DEBUG,
        "Set DJANGO_SETTINGS_MODULE to andock.config.settings.production or remove it.",
    )


def secret_key() -> Iterator[Finding]:
    """The key signs sessions and links; a known one opens every account."""
    key = settings.SECRET_KEY
    yield Finding(
        "The secret key is long and your own",
        len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_LETTERS and not key.startswith("django-insecure-"),
        "Remove ANDOCK_SECRET_KEY, then Andock makes a key; or set at least 50 random characters.",
    )


def addresses() -> Iterator[Finding]:
    """Links in mails, cookies and the check of the Host header hang on these."""
    address = urlsplit(settings.ANDOCK_BASE_URL)
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    yield Finding(
        "The site has a public address with https",
        address.scheme == "https" and address.hostname not in LOOPBACK,
        "Set ANDOCK_BASE_URL, for example https://region.example.",
    )
    yield Finding(
        "The names of the site are set",
        bool(public) and "*" not in public,
        "Set ANDOCK_HOSTS to the names under which the site is visited, separated by commas.",
    )
    yield Finding(
        "The public address is one of these names",
        validate_host(address.hostname or "", settings.ALLOWED_HOSTS),
        "Add the name in ANDOCK_BASE_URL to ANDOCK_HOSTS.",
    )
