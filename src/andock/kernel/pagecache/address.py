"""Which requests the cache may answer, and under which key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_QUERY = 200
# A page may depend on HX-Request; on these it may depend in ways that the key does not hold.
BYPASSING_HEADERS = ("HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST")


class Address(NamedTuple):
    """The key of a page. Language lies in the path; cookies never take part, they bypass."""

    scheme: str
    host: str
    path: str
    query: str
    htmx: bool


class _Asked(HttpRequest):
    """Just enough of a request to let Django itself read scheme and host."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.META = environ

    def _get_scheme(self) -> str:
        return self.META["wsgi.url_scheme"]


def address_of(environ: dict[str, Any]) -> Address | None:
    """The key under which this request may be answered, or None where it must go to Django."""
    query = environ.get("QUERY_STRING", "")
    htmx = environ.get("HTTP_HX_REQUEST")
    if htmx not in (None, "true") or len(query) > LONGEST_QUERY:
        return None
    if any(name in environ for name in BYPASSING_HEADERS) or not is_for_everyone(environ):
        return None
    asked = _Asked(environ)
    host = _valid_host(asked)
    if host is None:
        return None
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return Address(asked.scheme or "", host, path, query, bool(htmx))


def is_for_everyone(environ: Mapping[str, Any]) -> bool:
    """Whether a request only reads and carries no session, message or credentials of its own."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return False
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    return settings.SESSION_COOKIE_NAME not in cookies and CookieStorage.cookie_name not in cookies


def _valid_host(asked: _Asked) -> str | None:
    """The host as Django accepts it; None for spellings and ports nobody links to, which would only fill memory."""
    try:
        host = asked.get_host()
    except DisallowedHost:
        return None
    domain, port = split_domain_port(host)
    known_ports = ("", str(asked.META.get("SERVER_PORT")), str(urlsplit(settings.ANDOCK_BASE_URL).port))
    is_plain = host == (f"{domain}:{port}" if port else domain)
    return host if is_plain and port in known_ports else None
