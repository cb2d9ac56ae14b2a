from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from . import style_guide
from .markup import tile_sheet
from .tilemap import TileMap
from .tilesheet import policy

YEAR = 31_536_000  # seconds


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component with its example: the place to look before building a page."""
    return render(request, "design/style_page.html", style_guide.contents(request))


@require_safe
@xframe_options_sameorigin
def tile_map(request: HttpRequest, language: str, digest: str) -> HttpResponseBase:
    """The map as a document that never changes at its address; an old address leads to today's, or to that of `am`."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        day = _day(request.GET.get("am", ""))
        wanted, sample = tile_map_on(day), TileMap.of(style_guide.sample_tiles())
        for found in (wanted, sample):
            if found.digest == digest:
                return _drawing(found)
        address = reverse("design:tile_map", kwargs={"language": language, "digest": wanted.digest})
        return redirect(f"{address}?am={day.isoformat()}" if day else address)


def tile_map_on(day: date | None) -> TileMap:
    """The region's tiles of a day (None: today) in the active language, from the function named by ANDOCK_TILES."""
    provider = getattr(settings, "ANDOCK_TILES", None)
    return TileMap.of(import_string(provider)(day) if provider else style_guide.sample_tiles())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _drawing(found: TileMap) -> HttpResponse:
    style = tile_sheet()
    body = render_to_string("design/tilemap.svg", {"map": found, "style": style})
    headers = {
        "Content-Security-Policy": policy(style),
        "Cache-Control": f"public, max-age={YEAR}, immutable",
    }
    return HttpResponse(body, content_type="image/svg+xml; charset=utf-8", headers=headers)
