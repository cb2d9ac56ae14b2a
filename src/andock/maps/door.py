"""The door for tiles before Django: a slow map service must not keep the one thread in which Django runs (decision 15)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import connection

from .mercator import TileAddress
from .tiles import answer_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TILE = re.compile(r"/karte/kacheln/(\d{1,2})/(\d{1,7})/(\d{1,7})/?")
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}


def with_tiles(app: Callable) -> Callable:
    """The application behind this door; everything that is no tile goes on to it."""

    def serve(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        asked = TILE.fullmatch(environ.get("PATH_INFO", ""))
        if not asked or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return app(environ, start_response)
        try:
            answer = answer_for(TileAddress(*map(int, asked.groups())))
        finally:
            connection.close()  # of this thread, where the region's area was read
        headers = SAFE | answer.headers | {"Content-Length": str(len(answer.body))}
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    return serve
