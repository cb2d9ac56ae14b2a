"""What only a measurement may ask of the site, by a header of its request.

``X-Count: 1``: how many database queries its page took; ``X-First: 1``: to render it without the parts kept so far.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from andock.kernel.pagecache.pages import OFFER

ASK, ANSWER = "X-Count", "X-Queries"
FIRST = "X-First"


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if ASK not in request.headers:
            return get_response(request)
        counted: list[str] = []

        def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            counted.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response[ANSWER] = str(len(counted))
        return response

    return middleware


def forget_parts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if FIRST in request.headers:
            request.META[OFFER].parts.clear()
        return get_response(request)

    return middleware
