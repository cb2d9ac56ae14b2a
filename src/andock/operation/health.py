"""``/healthz``: the process lives. ``/readyz``: it can serve and the work behind it is done.

Answered before everything else: probes come under any host name, without TLS, and must cost nothing.
No personal data, no version, nothing to keep in a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

from andock.kernel.jobs.checks import queue_is_young

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

LIVE, READY = "/healthz", "/readyz"
HEADERS = {
    "Cache-Control": "no-store",
    "Vary": "Accept",
    # What the layers behind this one give to every other answer.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_migrated = False


class HealthMiddleware:
    """Stands first in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == LIVE:
            return answer(request, {})
        if request.path_info == READY:
            return answer(request, readiness())
        return self.get_response(request)


def readiness() -> dict[str, bool]:
    """What must be true before visitors are sent here."""
    try:
        connection.ensure_connection()
        return {"database": True, "migrations": is_migrated(), "queue": queue_is_young()}
    except DatabaseError:
        return {"database": False}


def answer(request: HttpRequest, parts: dict[str, bool]) -> HttpResponse:
    """200 or 503; JSON, or lines of text for those who ask for text."""
    is_good = all(parts.values())
    words = {
        "status": "ok" if is_good else "unavailable",
        **{name: "ok" if good else "unavailable" for name, good in parts.items()},
    }
    response = _as_text(words) if "text/plain" in request.headers.get("Accept", "") else JsonResponse(words)
    response.status_code = 200 if is_good else 503
    for name, value in HEADERS.items():
        response[name] = value
    return response


def is_migrated() -> bool:
    """Whether the tables fit the code; once true it stays so for the life of this process."""
    global _migrated  # noqa: PLW0603  the look at all migrations takes a tenth of a second
    _migrated = _migrated or not pending_migrations()
    return _migrated


def pending_migrations() -> int:
    """How many migrations have not been applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _as_text(words: dict[str, str]) -> HttpResponse:
    lines = "".join(f"{name}: {word}\n" for name, word in words.items())
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
