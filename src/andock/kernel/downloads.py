"""Answers that are files: named, and not sent again to whoever has them already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def kept_file(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file of this name, its ETag the hash of what is sent; 304 to whoever has it."""
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
