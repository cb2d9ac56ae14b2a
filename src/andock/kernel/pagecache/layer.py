"""The WSGI layer before Django: a page that is still true is answered without entering Django at all.

Everything a visitor gets, first or thousandth, is answered from an entry, so that both are the same to the byte.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from .address import address_of
from .entries import PRIVATE, accepted_encoding, make_entry
from .pages import OFFER, Offer
from .store import Parts, Store
from .thread import DjangoThread, Streamed
from .versions import VersionReader

if TYPE_CHECKING:
    from .address import Address
    from .entries import Entry

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

PARTS_BYTES = 64_000_000  # the frame, the overview, the editions, a dozen comparisons, and some thousand short panels


class PageCache:
    """Wraps a WSGI application, which runs in a thread of its own where one is given. ``clock`` returns Unix time."""

    def __init__(
        self,
        app: Callable,
        *,
        max_bytes: int,
        clock: Callable[[], float] = time.time,
        thread: DjangoThread | None = None,
    ) -> None:
        self.app = app
        self.store = Store(max_bytes)
        self.versions = VersionReader()
        self.clock = clock
        self.parts = Parts(PARTS_BYTES)
        self._in_django = thread.run if thread else _at_once

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        address = address_of(environ)
        made = self._kept(address) or self._in_django(lambda: self._make(address, environ), is_page=address is not None)
        if isinstance(made, Rendered):
            start_response(made.status, made.headers)
            return Streamed(made.body, self._in_django) if hasattr(made.body, "close") else made.body
        encodings = len(made.bodies)
        answer = made.answer(environ, start_response)
        if address and len(made.bodies) > encodings:
            self.store.put(address, made)
        return answer

    def _kept(self, address: Address | None) -> Entry | None:
        entry = self.store.get(address) if address else None
        if entry and self.clock() < entry.ends_at and self.versions.read(entry.scopes) == entry.stamps:
            return entry
        return None

    def _make(self, address: Address | None, environ: Environ) -> Entry | Rendered:
        """Render the page, unless somebody waited for the same and it has been rendered meanwhile."""
        return self._kept(address) or self._render(address, environ)

    def _render(self, address: Address | None, environ: Environ) -> Entry | Rendered:
        offer = environ[OFFER] = Offer(self.versions, next_midnight(self.clock()), self.parts)
        begun = _Begun()
        response = self.app(environ, begun)
        is_streamed = getattr(response, "streaming", True)
        if not offer.is_public or not begun.status.startswith("200 "):
            return Rendered(begun.status, begun.headers, response if is_streamed else [_whole(response)])
        if is_streamed or _is_personal(environ, begun.headers):
            headers = [*_without(begun.headers, "cache-control"), ("Cache-Control", PRIVATE)]
            return Rendered(begun.status, headers, response if is_streamed else [_whole(response)])
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
        return entry


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer that is for one reader only, or too long to be kept; ``body`` has to be closed where it can be."""

    status: str
    headers: Headers
    body: Iterable[bytes]


def _at_once(job: Callable[[], Any], *, is_page: bool = False) -> Any:
    return job()


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
    return PageCache(app, max_bytes=settings.ANDOCK_PAGE_CACHE_MB * 1_000_000, thread=DjangoThread())
