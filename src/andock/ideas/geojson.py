"""Public ideas as GeoJSON (RFC 7946): each one, or the squares they lie in where there are very many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, F
from django.db.models.functions import Floor

from . import queries

if TYPE_CHECKING:
    from andock.participation.models import Process

MOST_SINGLE, MOST_NAMED = 20_000, 5_000
"""Above the second number they come without titles: 20,000 with titles are 400 kB to fetch, without 230."""
SQUARES_PER_DEGREE = 100
"""Some 700 to 1,100 metres in Germany."""
COLUMNS = ("longitude", "latitude", "pk", "status")


def ideas_geojson(process: Process) -> str:
    """Coordinates come longitude first; ``number`` is that of the idea's page."""
    located = queries.located(queries.public_ideas(process)).order_by("pk")
    number = located.count()
    is_clustered = number > MOST_SINGLE
    columns = COLUMNS if number > MOST_NAMED else (*COLUMNS, "contribution__title")
    features = _squares(located) if is_clustered else [_feature(*row) for row in located.values_list(*columns)]
    whole = {"type": "FeatureCollection", "clustered": is_clustered, "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _feature(longitude: float, latitude: float, number: int, status: str, *title: str) -> dict[str, Any]:
    named = {"title": title[0]} if title else {}
    return _point(longitude, latitude, {"number": number, "status": status, **named})


def _squares(located: Any) -> list[dict[str, Any]]:
    squares = located.annotate(
        east=Floor(F("longitude") * SQUARES_PER_DEGREE), north=Floor(F("latitude") * SQUARES_PER_DEGREE)
    ).values("east", "north")
    counted = squares.annotate(ideas=Count("pk"), x=Avg("longitude"), y=Avg("latitude")).order_by("east", "north")
    return [_point(one["x"], one["y"], {"ideas": one["ideas"]}) for one in counted]


def _point(longitude: float, latitude: float, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
