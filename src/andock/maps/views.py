"""Tiles and the drawn ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import public_page

from .ground import SCOPES, ground_features
from .mercator import TileAddress
from .tiles import answer_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """As behind the door before Django (``door.with_tiles``), for servers that have none."""
    answer = answer_for(TileAddress(z, x, y))
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


@require_safe
@public_page(scopes=SCOPES)
def ground(request: HttpRequest) -> JsonResponse:
    """Borders, municipalities and drawn plans, for the map."""
    return JsonResponse(ground_features(), content_type="application/geo+json")
