"""A page as it is kept and sent: compressed, with the headers it first had."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterable

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"
VARY = "Accept-Encoding, Cookie, HX-Request"
# Written anew with every answer, because they depend on the encoding or are ours to say.
OWN_HEADERS = frozenset({"content-length", "content-encoding", "cache-control", "vary", "etag", "expires"})
TEXT = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "application/xml",
    "application/atom+xml",
    "image/svg+xml",
)
COMPRESS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}
EXPAND = {"br": brotli.decompress, "gzip": gzip.decompress}
IDENTITY = "identity"


@dataclass(slots=True)
class Entry:
    """One page in every encoding asked for so far.

    ``stamps`` are the versions of ``scopes`` as read before rendering, ``ends_at`` is the Unix time of the next
    moment that changes the page by itself.
    """

    headers: list[tuple[str, str]]
    etag: str
    scopes: tuple[str, ...]
    stamps: tuple[int, ...]
    ends_at: float
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes this entry takes in memory, roughly."""
        return (
            sum(map(len, self.bodies.values()))
            + sum(len(name) + len(value) + 130 for name, value in self.headers)
            + 800
        )

    def in_encoding(self, accepted: str) -> tuple[str, bytes]:
        """The body for a reader who accepts ``br``, ``gzip`` or only ``identity``, and how it is encoded."""
        if IDENTITY in self.bodies:
            return IDENTITY, self.bodies[IDENTITY]
        if accepted not in self.bodies:
            kept, body = next(iter(self.bodies.items()))
            plain = EXPAND[kept](body)
            if accepted == IDENTITY:
                return IDENTITY, plain
            self.bodies[accepted] = COMPRESS[accepted](plain)  # type: ignore[no-untyped-call]
        return accepted, self.bodies[accepted]

    def answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer a GET or HEAD request, with 304 where the reader has this very page."""
        if is_known(self.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            kept = [header for header in self.headers if not header[0].lower().startswith("content-")]
            start_response("304 Not Modified", [*kept, *self._caching()])
            return []
        encoding, body = self.in_encoding(accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        encoded = [] if encoding == IDENTITY else [("Content-Encoding", encoding)]
        start_response("200 OK", [*self.headers, *self._caching(), *encoded, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _caching(self) -> list[tuple[str, str]]:
        return [("ETag", self.etag), ("Cache-Control", PUBLIC), ("Vary", VARY)]


def make_entry(
    body: bytes,
    headers: Iterable[tuple[str, str]],
    *,
    accepted: str,
    scopes: tuple[str, ...],
    stamps: tuple[int, ...],
    ends_at: float,
) -> Entry:
    """Compress ``body`` where its type gains by it, once, in the encoding that is asked for now."""
    kept = [header for header in headers if header[0].lower() not in OWN_HEADERS]
    entry = Entry(kept, f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"', scopes, stamps, ends_at)
    kind = next((value for name, value in kept if name.lower() == "content-type"), "")
    if kind.startswith(TEXT):
        encoding = "br" if accepted == IDENTITY else accepted
        entry.bodies[encoding] = COMPRESS[encoding](body)  # type: ignore[no-untyped-call]
    else:
        entry.bodies[IDENTITY] = body
    return entry


@lru_cache(maxsize=256)
def accepted_encoding(header: str) -> str:
    """The best of our encodings that an ``Accept-Encoding`` header allows: br, gzip or identity (RFC 9110 12.5.3)."""
    allowed = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            allowed.add(name.strip())
    return next((encoding for encoding in COMPRESS if encoding in allowed), IDENTITY)


def is_known(etag: str, header: str) -> bool:
    """Whether an ``If-None-Match`` header names this page, by weak comparison (RFC 9110 13.1.2)."""
    if not header:
        return False
    opaque = etag.removeprefix("W/")
    return any(tag.strip() == "*" or tag.strip().removeprefix("W/") == opaque for tag in header.split(","))
