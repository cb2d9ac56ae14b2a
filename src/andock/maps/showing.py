"""What pages need to show a map: the picture without script, and what the script is told."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from .basemap import BadBaseMap, base_map
from .picture import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .basemap import BaseMap
    from .ground import Ground
    from .picture import Picture

logger = logging.getLogger(__name__)
ZERO = {"z": 0, "x": 0, "y": 0}


@dataclass(frozen=True, slots=True)
class ShownMap:
    """A picture, where from what is in it, and what the script makes a larger map from."""

    picture: Picture
    words: str
    config: str


def shown_map(
    ground: Ground | None, places: Iterable[tuple[int, str, str, float, float]], **more: str
) -> ShownMap | None:  # fmt: skip
    """The map of these (number, title, url, latitude, longitude); None where none of them has a place on it."""
    found = list(places)
    if ground is None or not any(ground.area.holds(place[4], place[3]) for place in found):
        return None
    base = _base()
    pictures = base.deepest if base and not base.layers else None
    picture = picture_of(ground.drawing, ground.area, found, deepest_tile=pictures)
    return ShownMap(picture, _words(ground, base), config_of(ground, **more))


def config_of(ground: Ground, **more: str) -> str:
    """What ``maps/map.js`` reads, as JSON. ``more``: address of points as GeoJSON, and the like."""
    base, area = _base(), ground.opening
    return json.dumps({
        "library": static("vendor/maplibre/maplibre-gl.mjs"), "worker": static("vendor/maplibre/maplibre-gl-worker.mjs"),
        "style": static("vendor/maplibre/maplibre-gl.css"), "ground": reverse("maps:ground"), "base": _told(base),
        "bounds": [area.west, area.south, area.east, area.north], "attribution": _words(ground, base), "words": _sentences(),
    } | more)  # fmt: skip


def _base() -> BaseMap | None:
    """The base map; none where it cannot be read, which ``andock doctor`` tells."""
    try:
        return base_map()
    except BadBaseMap as error:
        logger.warning("base map: %s", error)
        return None


def _told(base: BaseMap | None) -> dict[str, Any] | None:
    if base is None:
        return None
    url = reverse("maps:tile", kwargs=ZERO).replace("0/0/0", "{z}/{x}/{y}")
    return {"url": url, "layers": base.layers, "shallowest": base.shallowest, "deepest": base.deepest}


def _words(ground: Ground, base: BaseMap | None) -> str:
    return " · ".join(filter(None, (*ground.words, base.attribution if base else "")))


def _sentences() -> dict[str, str]:
    """What the script says."""
    return {
        "label": _("Map; arrow keys move it, plus and minus change its size"),
        "zoomIn": _("Zoom in"), "zoomOut": _("Zoom out"), "idea": _("Idea {number}"), "many": _("{number} ideas in this place"),
        "set": _("The place is chosen: {point}"), "cleared": _("No place is chosen any more."),
        "failed": _("The map cannot be shown in this browser. Please describe the place in words."), "close": _("Close"),
    }  # fmt: skip
