"""The WSGI layer before Django: a page that is still true is answered without entering Django at all.

Everything a visitor gets, first or thousandth, is answered from an entry, so that both are the same to the byte.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from .address import address_of
from .entries import PRIVATE, accepted_encoding, make_entry
from .pages import OFFER, Offer
from .store import Parts, Store
from .versions import VersionReader

if TYPE_CHECKING:
    from .address import Address
    from .entries import Entry

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

MOST_PARTS = 32  # the frame, the overview, the editions and a dozen comparisons; the largest text seen takes 2 MB


class PageCache:
    """Wraps a WSGI application. ``clock`` returns Unix time."""

    def __init__(self, app: Callable, *, max_bytes: int, clock: Callable[[], float] = time.time) -> None:
        self.app = app
        self.store = Store(max_bytes)
        self.versions = VersionReader()
        self.clock = clock
        self.parts = Parts(MOST_PARTS)

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        address = address_of(environ)
        entry = self.store.get(address) if address else None
        if address is None or entry is None or not self._is_true(entry):
            return self._render(address, environ, start_response)
        encodings = len(entry.bodies)
        answer = entry.answer(environ, start_response)
        if len(entry.bodies) > encodings:
            self.store.put(address, entry)
        return answer

    def _is_true(self, entry: Entry) -> bool:
        return self.clock() < entry.ends_at and self.versions.read(entry.scopes) == entry.stamps

    def _render(self, address: Address | None, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        offer = environ[OFFER] = Offer(self.versions, next_midnight(self.clock()), self.parts)
        begun = _Begun()
        response = self.app(environ, begun)
        if not offer.is_public or not begun.status.startswith("200 "):
            start_response(begun.status, begun.headers)
            return response
        if _is_personal(environ, begun.headers) or getattr(response, "streaming", True):
            start_response(begun.status, [*_without(begun.headers, "cache-control"), ("Cache-Control", PRIVATE)])
            return response
        entry = make_entry(
            _whole(response),
            begun.headers,
            accepted=accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
            scopes=tuple(offer.stamps),
            stamps=tuple(offer.stamps.values()),
            ends_at=offer.ends_at,
        )
        if address and offer.is_kept and environ["REQUEST_METHOD"] == "GET":
            self.store.put(address, entry)
        return entry.answer(environ, start_response)


class _Begun:
    """Takes the place of ``start_response`` until it is known what will be sent."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


def _is_personal(environ: Environ, headers: Headers) -> bool:
    """Whether an answer holds a cookie, token or nonce, or is encoded already; such an answer is never kept."""
    if environ.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return True
    return any(
        name.lower() in ("set-cookie", "content-encoding")
        or (name.lower().startswith("content-security-policy") and "'nonce-" in value)
        for name, value in headers
    )


def _without(headers: Headers, unwanted: str) -> Headers:
    return [header for header in headers if header[0].lower() != unwanted]


def _whole(response: Any) -> bytes:
    try:
        return b"".join(response)
    finally:
        response.close()


def next_midnight(now: float) -> float:
    """The Unix time at which the region's next day begins: no page says "today" any longer than that."""
    zone = timezone.get_default_timezone()
    tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time_of_day.min, tzinfo=zone).timestamp()


def with_page_cache(app: Callable) -> PageCache:
    """The application with the cache the settings ask for."""
    return PageCache(app, max_bytes=settings.ANDOCK_PAGE_CACHE_MB * 1_000_000)
